#!/usr/bin/env python3
"""Measures `pulumi up` and the running stack on the lab that is up; writes docs/benchmarks-cluster.md."""

import gzip
import json
import os
import re
import sys

sys.dont_write_bytecode = True

import subprocess
import tarfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from statistics import median
from typing import NamedTuple, Optional

import report

ROOT = Path(__file__).resolve().parent.parent
URL = "http://192.168.56.21:30951"
UP = ("pulumi", "up", "--yes", "--skip-preview", "--color", "never")
ROUNDS = 3
PATIENCE = 120
API = ("kubectl", "-n", "mlops-primer", "get", "pods", "-o", "json", "-l", "app.kubernetes.io/component=api")
SOURCE = ROOT / "apps/api/src/main/java/mlopsprimer/api/routes/HealthRoutes.java"
LINE = 'status(response, "live")'

PAGE = """\
# Benchmarks on the cluster

{machine}; both nodes of the lab run on this machine. {date}. Figures are medians of {rounds} rounds of `make bench`,
on a lab that is up and otherwise idle.

{table}

A time "to served" ends with the first correct answer of the NodePort. Sizes of images include the lab's base
image, with all layers unpacked. Kubernetes reports a pod's start and readiness in whole seconds.
"""


class Row(NamedTuple):
    figure: str
    value: float
    most: Optional[float]
    unit: str

    def cells(self):
        value = f"{self.value:.1f} {self.unit}"
        if self.most is None:
            return [self.figure, value, "", ""]
        return [self.figure, value, f"≤ {self.most:g} {self.unit}", "met" if self.value <= self.most else "not met"]


def say(text):
    print(text, file=sys.stderr, flush=True)


def run(*command):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"bench: '{' '.join(command)}' failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def timed(*commands):
    start = time.monotonic()
    output = "".join(run(*command) for command in commands)
    return time.monotonic() - start, output


def until(right, what):
    give_up = time.monotonic() + PATIENCE
    while not right():
        if time.monotonic() > give_up:
            sys.exit(f"bench: this did not happen within {PATIENCE} s: {what}")
        time.sleep(0.05)


def until_served(path, text):
    """Waits until the API gives the right answer, which may be later than the end of a command."""

    def served():
        try:
            with urllib.request.urlopen(URL + path, timeout=2) as answer:
                return text in answer.read().decode()
        except (urllib.error.URLError, OSError):
            return False

    until(served, f"{URL}{path} answers with {text}")


def to_served(path, text, *commands):
    start = time.monotonic()
    output = "".join(run(*command) for command in commands)
    until_served(path, text)
    return time.monotonic() - start, output


def ticker(symbol):
    return to_served(
        "/predictionForTomorrow", f'"ticker":"{symbol}"', ("pulumi", "config", "set", "ticker", symbol), UP
    )


@contextmanager
def edited(number):
    source = SOURCE.read_text()
    if LINE not in source:
        sys.exit(f"bench: {SOURCE} has no line with {LINE}: change LINE in bench/cluster.py")
    try:
        SOURCE.write_text(source.replace(LINE, f'status(response, "live {number}")'))
        yield f"live {number}"
    finally:
        SOURCE.write_text(source)


def seconds_in(pattern, output):
    return [float(found) for found in re.findall(pattern, output)]


def unpacked(archive):
    """Returns the unpacked size of an image's layers in megabytes."""
    total = 0
    with tarfile.open(archive) as image:
        for layer in json.load(image.extractfile("manifest.json"))[0]["Layers"]:
            content = image.extractfile(layer)
            unzipped = gzip.open(content) if content.peek(2)[:2] == b"\x1f\x8b" else content
            while block := unzipped.read(1 << 20):
                total += len(block)
    return total / 1e6


def seconds_to_ready():
    """Yields, for each pod of the API, the seconds from its container's start to its readiness."""
    for pod in json.loads(run(*API))["items"]:
        if "deletionTimestamp" in pod["metadata"]:
            continue  # a pod of the previous rollout, which is shutting down
        started = pod["status"]["containerStatuses"][0]["state"]["running"]["startedAt"]
        ready = next(c for c in pod["status"]["conditions"] if c["type"] == "Ready")["lastTransitionTime"]
        yield (datetime.fromisoformat(ready[:-1]) - datetime.fromisoformat(started[:-1])).total_seconds()


def control_chart_server(words):
    (Path(os.environ["PULUMI_HOME"]).parent / "chart/control").write_text(words)


def new_day():
    """Returns the seconds from the end of a training on one more day to the answer for that day."""
    kubectl = ("kubectl", "-n", "mlops-primer")
    control_chart_server("")
    run(*kubectl, "create", "job", "new-day", f"--from={run(*kubectl, 'get', 'cronjobs', '-o', 'name').split()[0]}")
    run(*kubectl, "wait", "job/new-day", "--for=condition=complete", "--timeout=120s")
    seconds, _ = to_served("/predictionForTomorrow", '"asOf":"2018-12-31"')
    run(*kubectl, "delete", "job", "new-day")
    return seconds


def killed(_):
    """Returns the seconds from the kill of an API process until both pods are ready again."""

    def containers():
        return [pod["status"]["containerStatuses"][0] for pod in json.loads(run(*API))["items"]]

    def restarts():
        return sum(container["restartCount"] for container in containers())

    until(lambda: len(containers()) == 2, "the pods of the last rollout are gone")
    before = restarts()
    start = time.monotonic()
    run("ssh", "-F", "infra-context/ssh-config", "kube-worker-1", "sudo pkill -KILL --oldest -f /app/api.jar")
    until(lambda: restarts() > before and all(c["ready"] for c in containers()), "both pods are ready again")
    return time.monotonic() - start


def rounds(work):
    return [work(number) for number in range(ROUNDS)]


def measure():
    say("pulumi destroy, and pulumi up from nothing")
    run(*UP)

    def from_nothing(_):
        ending, _ = timed(("pulumi", "destroy", "--yes", "--skip-preview"))
        control_chart_server("withheld=1")
        beginning, _ = to_served("/predictionForTomorrow", '"prediction"', UP)
        return ending, beginning, new_day()

    whole = rounds(from_nothing)

    say("pulumi up without a change")
    nothing = [seconds for seconds, _ in rounds(lambda _: timed(UP))]

    say("another ticker")
    switched = [seconds for seconds, _ in rounds(lambda n: ticker(("^IXIC", "^GSPC")[n % 2]))]

    say("a changed line of source")

    def edit(number):
        with edited(number) as answer:
            return to_served("/health/live", answer, UP)

    edits = rounds(edit)
    ready = list(seconds_to_ready())
    images = {app: unpacked(next((ROOT / "target/images").glob(f"ml-{app}-*.tar"))) for app in ("api", "trainer")}
    run(*UP)

    say("a process of the API killed")
    back = rounds(killed)

    outputs = [output for _, output in edits]
    return [
        Row("pulumi up from nothing, warm, to served", median(row[1] for row in whole), 60, "s"),
        Row("pulumi up without a change", median(nothing), 10, "s"),
        Row("another ticker to served", median(switched), 45, "s"),
        Row("a changed line of source to served", median(row[0] for row in edits), 60, "s"),
        Row("… of that, Maven's jar", median(seconds_in(r"Maven built \S+ in ([0-9.]+) s", "".join(outputs))), None, "s"),
        Row("… of that, the image", median(seconds_in(r"MiB, built in ([0-9.]+) s", "".join(outputs))), 2, "s"),
        Row("… of that, import on a node", median(seconds_in(r"has \S+ after ([0-9.]+) s", "".join(outputs))), 3, "s"),
        Row("a new day served, after its training", median(row[2] for row in whole), 2, "s"),
        Row("an API process killed, to both pods ready", median(back), 10, "s"),
        Row("an API pod, from start to ready", median(ready), 3, "s"),
        Row("pulumi destroy", median(row[0] for row in whole), 45, "s"),
        Row("the API's image, unpacked", images["api"], 100, "MB"),
        Row("the trainer's image, unpacked", images["trainer"], 130, "MB"),
    ]


def main():
    if not os.access(ROOT / "infra-context/admin.conf", os.R_OK):
        say("bench: no lab is up, so nothing is measured on a cluster: run 'make lab-up', then 'make bench'")
        return
    rows = measure()
    table = report.table(rows, ["figure", "median", "target", ""])
    before, after = PAGE.format(machine=report.machine(), date=date.today(), rounds=ROUNDS, table="{table}").split("{table}")
    page = report.flowing(before).rstrip() + "\n\n" + table + "\n\n" + report.flowing(after.strip())
    (ROOT / "docs/benchmarks-cluster.md").write_text(page)
    print(table)


if __name__ == "__main__":
    main()
