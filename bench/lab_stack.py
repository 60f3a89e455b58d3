"""The stack of the lab that is up: commands, waiting for answers, and the page of the results."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple, Optional

import report

ROOT = Path(__file__).resolve().parent.parent
URL = "http://192.168.56.21:30951"
UP = ("pulumi", "up", "--yes", "--skip-preview", "--color", "never")
DESTROY = ("pulumi", "destroy", "--yes", "--skip-preview")
KUBECTL = ("kubectl", "-n", "mlops-primer")
API = (*KUBECTL, "get", "pods", "-o", "json", "-l", "app.kubernetes.io/component=api")
ROUNDS = 3
PATIENCE = 120


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


def api_pods():
    """Returns the pods of the API without those of an earlier rollout, which are shutting down."""
    return [pod for pod in json.loads(run(*API))["items"] if "deletionTimestamp" not in pod["metadata"]]


def seconds_to_ready():
    """Yields, for each pod of the API, the seconds from its container's start to its readiness."""
    for pod in api_pods():
        started = pod["status"]["containerStatuses"][0]["state"]["running"]["startedAt"]
        ready = next(c for c in pod["status"]["conditions"] if c["type"] == "Ready")["lastTransitionTime"]
        yield (datetime.fromisoformat(ready[:-1]) - datetime.fromisoformat(started[:-1])).total_seconds()


def rounds(work):
    return [work(number) for number in range(ROUNDS)]


def home():
    """Returns the directory that the lab keeps its files in."""
    return Path(os.environ["PULUMI_HOME"]).parent


def is_up():
    return os.access(ROOT / "infra-context/admin.conf", os.R_OK)


def write_page(page, path, rows, **facts):
    """Fills in the page, whose word {table} becomes the table of the rows, and prints that table."""
    table = report.table(rows, ["figure", "median", "target", ""])
    before, after = page.format(machine=report.machine(), date=date.today(), table="{table}", **facts).split("{table}")
    (ROOT / path).write_text(report.flowing(before).rstrip() + "\n\n" + table + "\n\n" + report.flowing(after.strip()))
    print(table)
