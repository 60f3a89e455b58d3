#!/usr/bin/env python3
"""Measures `pulumi up` and the running stack on the lab that is up; writes docs/benchmarks-cluster.md."""

import gzip
import json
import re
import sys

sys.dont_write_bytecode = True

import tarfile
import time
from contextlib import contextmanager
from statistics import median

from lab_stack import (
    API, DESTROY, KUBECTL, ROOT, ROUNDS, UP, Row,
    home, is_up, rounds, run, say, seconds_to_ready, timed, to_served, until, write_page,
)  # fmt: skip

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


def control_chart_server(words):
    (home() / "chart/control").write_text(words)


def new_day():
    """Returns the seconds from the end of a training on one more day to the answer for that day."""
    control_chart_server("")
    run(*KUBECTL, "create", "job", "new-day", f"--from={run(*KUBECTL, 'get', 'cronjobs', '-o', 'name').split()[0]}")
    run(*KUBECTL, "wait", "job/new-day", "--for=condition=complete", "--timeout=120s")
    seconds, _ = to_served("/predictionForTomorrow", '"asOf":"2018-12-31"')
    run(*KUBECTL, "delete", "job", "new-day")
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


def measure():
    say("pulumi destroy, and pulumi up from nothing")
    run(*UP)

    def from_nothing(_):
        ending, _ = timed(DESTROY)
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
    if not is_up():
        say("bench: no lab is up, so nothing is measured on a cluster: run 'make lab-up', then 'make bench'")
        return
    write_page(PAGE, "docs/benchmarks-cluster.md", measure(), rounds=ROUNDS)


if __name__ == "__main__":
    main()
