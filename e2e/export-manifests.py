#!/usr/bin/env python3
"""export-manifests.py OUT [MANIFESTS]: exports Kubernetes objects and the schemas that they must match.

OUT/objects/*.json are the stack's objects as the Pulumi program declares them, taken from the stack's state;
or, if a directory of manifests is named, the objects in these.
OUT/schemas/*.json are the API server's schemas of their kinds, in the form that kubeconform reads: without
references, and without properties that the schema does not name.
"""

import json
import subprocess
import sys
from pathlib import Path


def output(*command: str) -> dict:
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def standalone(schema, components: dict):
    """Returns the schema with every reference replaced by the schema that it points to."""
    if isinstance(schema, list):
        return [standalone(part, components) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return standalone(components[schema["$ref"].rsplit("/", 1)[-1]], components)
    whole = {key: standalone(value, components) for key, value in schema.items() if key != "default"}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        whole.setdefault("additionalProperties", False)
    return whole


def schema_of(api_version: str, kind: str) -> dict:
    path = f"/openapi/v3/{'apis/' if '/' in api_version else 'api/'}{api_version}"
    group, _, version = api_version.rpartition("/")
    components = output("kubectl", "get", "--raw", path)["components"]["schemas"]
    for schema in components.values():
        if {"group": group, "version": version, "kind": kind} in schema.get("x-kubernetes-group-version-kind", []):
            return standalone(schema, components)
    raise SystemExit(f"export-manifests: the API server has no schema of {kind} in {api_version}")


def declared() -> list[dict]:
    """Returns the Kubernetes objects in the stack's state."""
    return [
        {key: value for key, value in resource["inputs"].items() if not key.startswith("__")}
        for resource in output("pulumi", "stack", "export")["deployment"]["resources"]
        if resource["type"].startswith("kubernetes:")
    ]


def rendered(manifests: str) -> list[dict]:
    """Returns the objects that a directory with a kustomization lists."""
    command = ("kubectl", "apply", "--dry-run=client", "--validate=false", "--output", "json", "--kustomize")
    return output(*command, manifests)["items"]


def main(out: Path, *manifests: str) -> None:
    for directory in ("objects", "schemas"):
        (out / directory).mkdir(parents=True, exist_ok=True)
    for declaration in rendered(*manifests) if manifests else declared():
        kind, group = declaration["kind"], declaration["apiVersion"].split("/")
        suffix = "-".join([group[0].split(".")[0], group[1]] if len(group) > 1 else group)
        name = f"{kind}-{declaration['metadata']['name']}.json".lower()
        (out / "objects" / name).write_text(json.dumps(declaration, indent=2))
        schema = out / "schemas" / f"{kind}-{suffix}.json".lower()
        if not schema.exists():
            schema.write_text(json.dumps(schema_of(declaration["apiVersion"], kind)))


main(Path(sys.argv[1]), *sys.argv[2:])
