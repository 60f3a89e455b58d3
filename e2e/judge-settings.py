#!/usr/bin/env python3
"""Asks the API server about values of the stack's settings: judge-settings.py VERDICTS.

A line of VERDICTS has infra's verdict, a key and a value. Each value is sent to the API server with
--dry-run=server, in an object and a field in which the stack has it, and the server's verdict is printed.
"""

import json
import subprocess
import sys
from pathlib import Path

NAMESPACE = "default"


def pod(limits=None, args=None, labels=None):
    container = {"name": "c", "image": "localhost/c:1", "args": args or [], "resources": {"limits": limits or {}}}
    return {"metadata": {"labels": labels or {}}, "spec": {"restartPolicy": "Never", "containers": [container]}}


def whole(kind, api_version, spec, labels=None):
    metadata = {"name": "judged", "namespace": NAMESPACE, "labels": labels or {}}
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata, "spec": spec}


def job(deadline=600):
    return {"activeDeadlineSeconds": deadline, "template": pod()}


def cron_job(schedule="0 0 * * *", time_zone="UTC"):
    spec = {"schedule": schedule, "timeZone": time_zone, "jobTemplate": {"spec": job()}}
    return whole("CronJob", "batch/v1", spec)


def volume(size="1Gi", path="/var/lib/judged"):
    node = {"key": "kubernetes.io/hostname", "operator": "In", "values": ["kube-worker-1"]}
    spec = {
        "capacity": {"storage": size},
        "accessModes": ["ReadWriteOnce"],
        "storageClassName": "judged",
        "local": {"path": path},
        "nodeAffinity": {"required": {"nodeSelectorTerms": [{"matchExpressions": [node]}]}},
    }
    return whole("PersistentVolume", "v1", spec)


def deployment(replicas):
    labels = {"app": "judged"}
    template = pod(labels=labels)
    template["spec"].pop("restartPolicy")
    return whole("Deployment", "apps/v1", {"replicas": replicas, "selector": {"matchLabels": labels}, "template": template})


def service(port):
    spec = {"type": "NodePort", "selector": {"app": "judged"}, "ports": [{"port": 80, "nodePort": port}]}
    return whole("Service", "v1", spec)


def namespace(name):
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}


def seconds(text):
    return int(text[:-1]) * (60 if text.endswith("m") else 1)


def as_argument(text):
    return whole("Pod", "v1", pod(args=[f"--setting={text}"])["spec"])


OBJECTS = {
    "schedule": lambda text: cron_job() if text == "auto" else cron_job(schedule=text),
    "timeZone": lambda text: cron_job(time_zone=text),
    "trainingDeadline": lambda text: whole("Job", "batch/v1", job(seconds(text))),
    "trainerCpu": lambda text: whole("Pod", "v1", pod({"cpu": text})["spec"]),
    "apiCpu": lambda text: whole("Pod", "v1", pod({"cpu": text})["spec"]),
    "trainerMemory": lambda text: whole("Pod", "v1", pod({"memory": text})["spec"]),
    "apiMemory": lambda text: whole("Pod", "v1", pod({"memory": text})["spec"]),
    "replicas": lambda text: deployment(int(text)),
    "nodePort": lambda text: service(int(text)),
    "storageSize": lambda text: volume(size=text),
    "storagePath": lambda text: volume(path=text),
    "namespace": namespace,
}


def verdict_of_kubernetes(key, text):
    try:
        judged = OBJECTS.get(key, as_argument)(text)
    except ValueError:
        return "refused"  # the value is not a number
    command = ["kubectl", "create", "--dry-run=server", "--filename", "-"]
    done = subprocess.run(command, input=json.dumps(judged), capture_output=True, text=True, check=False)
    # The server judges a value before it finds that the object exists.
    return "accepted" if done.returncode == 0 or "AlreadyExists" in done.stderr else "refused"


def main():
    verdicts = Path(sys.argv[1]).read_text().splitlines()
    print("infra     setting            value                                          Kubernetes")
    for line in verdicts:
        infra, key, text = line.split(" ", 2)
        kubernetes = verdict_of_kubernetes(key, text)
        print(f"{infra:9} {key:18} {text:46} {kubernetes} by Kubernetes")


main()
