#!/usr/bin/env python3
"""Makes, from programs and root file systems, a container image that `ctr images import` reads.

image-archive.py OUT.tar REFERENCE ENTRYPOINT FILE=PATH… [ROOT.tar]

FILE=PATH puts the program FILE at PATH in the image. ROOT.tar becomes a layer below the programs.
Equal input gives equal bytes.
"""

import hashlib
import io
import json
import platform
import sys
import tarfile
from pathlib import Path

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


def layer_of(programs: list[str]) -> bytes:
    """Returns a tar of the programs, without dates and owners of this machine."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for program in programs:
            source, _, path = program.partition("=")
            info = tarfile.TarInfo(path.lstrip("/"))
            info.mode = 0o755
            content = Path(source).read_bytes()
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return out.getvalue()


def main(out: str, reference: str, entrypoint: str, *parts: str) -> None:
    layers = [Path(part).read_bytes() for part in parts if "=" not in part]
    programs = [part for part in parts if "=" in part]
    if programs:
        layers.append(layer_of(programs))
    digests = [hashlib.sha256(layer).hexdigest() for layer in layers]
    config = json.dumps(
        {
            "architecture": ARCHITECTURES.get(platform.machine(), platform.machine()),
            "os": "linux",
            "config": {
                "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
                "Entrypoint": [entrypoint],
            },
            "rootfs": {"type": "layers", "diff_ids": [f"sha256:{digest}" for digest in digests]},
        }
    ).encode()
    name = hashlib.sha256(config).hexdigest() + ".json"
    manifest = [
        {
            "Config": name,
            "RepoTags": [reference],
            "Layers": [f"{digest}/layer.tar" for digest in digests],
        }
    ]
    files = {"manifest.json": json.dumps(manifest).encode(), name: config}
    files |= {f"{digest}/layer.tar": layer for digest, layer in zip(digests, layers)}
    with tarfile.open(out, mode="w") as tar:
        for path, content in files.items():
            info = tarfile.TarInfo(path)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))


main(*sys.argv[1:])
