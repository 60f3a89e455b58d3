#!/usr/bin/env python3
"""Measures stacks of 1 to 200 sample tickers, with an S3 store, on the lab that is up.

It needs the lab's layer s3 (see lab/layer.sh), and writes docs/benchmarks-scale.md.
"""

import json
import re
import sys

sys.dont_write_bytecode = True

import shutil
import tempfile
import time
import urllib.error
import urllib.request
from statistics import median

import lab_s3
from lab_stack import (
    DESTROY, KUBECTL, ROOT, UP, URL, Row,
    api_pods, is_up, rounds, run, say, seconds_to_ready, timed, until, write_page,
)  # fmt: skip
from measure import SECONDS, WARM_UP, percentile
from stacks import install_wrk

SIZES = (10, 50, 100, 200)
LARGEST = SIZES[-1]
SETTINGS = ROOT / "Pulumi.lab.yaml"
IDLE = 60
CONNECTIONS = 4
SEEDS = range(1001, 1011)

PAGE = """\
# Benchmarks of many tickers

{machine}; both nodes of the lab and the S3 server run on this machine. {date}. `make bench-scale` writes this page. It
needs a lab that is up and otherwise idle. The prices are the synthetic ones of the source `sample`.

{table}

A line through the times from nothing to all served, by least squares: {line}. A time from nothing begins with
`pulumi up` on a destroyed stack and an empty bucket, and ends when every ticker has its first prediction.

The memory is the resident memory of the API's process. CPU and requests are means of {idle} idle seconds, which are the
last of the measurement: in its first minutes, a process also compiles its code. The requests are those with the API's
keys in the S3 server's access log. wrk asks for the tickers in turn, over {connections} connections. A new
champion is the result of another training with another seed. Its time begins when the server has stored
`champions/TICKER.json`, and ends with the first answer from the new version.
"""

WRK = """\
local tickers = {%s}
local next = 0
request = function()
  next = next %% #tickers + 1
  return wrk.format("GET", "/predictionForTomorrow?ticker=" .. tickers[next])
end
"""


def symbols(count):
    return [f"S{number:03}" for number in range(count)]


def configure(count):
    """Sets the stack to that many tickers, and its store to a prefix of the bucket that nothing has used."""
    SETTINGS.unlink()
    run("lab/prepare-stack.sh")
    prefix = f"bench-{count}-{time.time_ns()}"
    run("pulumi", "config", "set", "source", "sample")
    lab_s3.use(prefix)
    # One command for each ticker would take a minute for two hundred.
    run("pulumi", "config", "rm", "ticker")
    listed = "".join(f"    - {symbol}\n" for symbol in symbols(count))
    SETTINGS.write_text(SETTINGS.read_text().replace("config:\n", f"config:\n  mlops-primer:tickers:\n{listed}", 1))
    return prefix


def model_of(symbol):
    """Returns the version of the served model, or None without a prediction."""
    try:
        with urllib.request.urlopen(f"{URL}/predictionForTomorrow?ticker={symbol}", timeout=2) as answer:
            return json.load(answer)["model"]["version"]
    except (urllib.error.URLError, OSError):
        return None


def from_nothing(count):
    """Returns the seconds until all tickers are served, and the prefix of their models."""
    say(f"pulumi up from nothing with {count} tickers")
    run(*DESTROY)
    prefix = configure(count)
    start = time.monotonic()
    run(*UP)
    missing = symbols(count)

    def all_served():
        missing[:] = [symbol for symbol in missing if model_of(symbol) is None]
        return not missing

    until(all_served, f"all {count} tickers are served")
    seconds = time.monotonic() - start
    say(f"  {seconds:.1f} s, {seconds / count:.2f} s a ticker")
    return seconds, prefix


def latency(count):
    """Returns the 99th percentile of the latency in milliseconds."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(WRK % ", ".join(f'"{symbol}"' for symbol in symbols(count)))
        script.flush()

        def wrk(seconds):
            text = run("wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s", script.name, URL)
            if trouble := re.search(r"Socket errors.*|Non-2xx.*", text):
                sys.exit(f"bench: requests failed: {trouble.group()}")
            return percentile(text, 99)

        wrk(WARM_UP)
        return median(rounds(lambda _: wrk(SECONDS)))


def on_worker(script):
    return run("ssh", "-F", "infra-context/ssh-config", "kube-worker-1", script)


def process_figures():
    """Returns, for each API process, its resident memory in MB and its CPU time in seconds until now."""
    text = on_worker(
        "for pid in $(pgrep -f '[/]app/api.jar'); do"
        " sudo awk '/VmRSS/ { printf \"%s \", $2 }' /proc/$pid/status;"
        " awk -v hz=$(getconf CLK_TCK) '{ print ($14 + $15) / hz }' /proc/$pid/stat; done"
    )
    pairs = [line.split() for line in text.splitlines()]
    return [(int(kib) * 1024 / 1e6, float(seconds)) for kib, seconds in pairs]


def idle():
    """Returns the largest resident MB and share of a core of an API process, and S3 requests a second and pod."""
    before, asked, start = process_figures(), lab_s3.requests_of_api(), time.monotonic()
    time.sleep(IDLE)
    after, seconds = process_figures(), time.monotonic() - start
    asked = lab_s3.requests_of_api() - asked
    cpu = max(100 * (new[1] - old[1]) / seconds for old, new in zip(before, after))
    return max(memory for memory, _ in after), cpu, asked / seconds / len(api_pods())


def with_argument(arguments, flag, value):
    """Returns the arguments of the trainer with another value of a flag."""
    return [*(argument for argument in arguments if not argument.startswith(f"{flag}=")), f"{flag}={value}"]


def train_again(symbol, seed):
    """Trains one ticker as the nightly training does, with another seed."""
    nightly = run(*KUBECTL, "get", "cronjobs", "-o", "name").split()[0]
    job = json.loads(
        run(*KUBECTL, "create", "job", f"seed-{seed}", f"--from={nightly}", "--dry-run=client", "-o", "json")
    )
    job["spec"] |= {"completions": 1, "parallelism": 1}
    container = job["spec"]["template"]["spec"]["containers"][0]
    for flag, value in {"--tickers": symbol, "--indexes": "1", "--seed": str(seed)}.items():
        container["args"] = with_argument(container["args"], flag, value)
    with tempfile.NamedTemporaryFile("w", suffix=".json") as manifest:
        json.dump(job, manifest)
        manifest.flush()
        run(*KUBECTL, "create", "-f", manifest.name)


def new_champion(prefix):
    """Returns the seconds from the write of a champion's pointer to the first answer from the new version."""
    symbol = symbols(1)[0]
    pointer = lab_s3.file_of(f"{prefix}/champions/{symbol}.json")
    for seed in SEEDS:
        version, stored = model_of(symbol), pointer.stat().st_mtime
        train_again(symbol, seed)
        done = lambda: json.loads(run(*KUBECTL, "get", f"job/seed-{seed}", "-o", "json"))["status"].get("succeeded")
        until(lambda: pointer.stat().st_mtime != stored or done(), f"the training with seed {seed} ends")
        if pointer.stat().st_mtime != stored:
            until(lambda: model_of(symbol) not in (version, None), "the new champion is served")
            return time.time() - pointer.stat().st_mtime
        say(f"  the model of seed {seed} was not promoted")
    sys.exit(f"bench: no model was promoted with the seeds {SEEDS.start} to {SEEDS.stop - 1}")


def line_through(points):
    """Returns intercept and slope of the line with the least squares of the distances."""
    mean_x, mean_y = (sum(column) / len(points) for column in zip(*points))
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)
    return mean_y - slope * mean_x, slope


def measure():
    one, _ = from_nothing(1)
    one_latency = latency(1)
    points = []
    for count in SIZES:
        seconds, prefix = from_nothing(count)
        points.append((count, seconds))
    intercept, slope = line_through(points)
    line = f"{intercept:.1f} s + {slope:.2f} s a ticker"
    say(f"cost: {line}")

    say("pulumi up without a change")
    nothing = median(seconds for seconds, _ in rounds(lambda _: timed(UP)))
    ready = median(seconds_to_ready())
    say("latency")
    ratio = latency(LARGEST) / one_latency
    say("a new champion")
    champion = new_champion(prefix)
    say("idle pods")
    memory, cpu, requests = idle()
    return line, [
        Row("1 ticker: from nothing to served", one, None, "s"),
        *(
            Row(f"{count} tickers: from nothing to all served", seconds, 240 if count == LARGEST else None, "s")
            for count, seconds in points
        ),
        Row("… each ticker more, from 10 to 50", (points[1][1] - points[0][1]) / 40, None, "s"),
        Row("… each ticker more, from 100 to 200", (points[3][1] - points[2][1]) / 100, None, "s"),
        Row(f"{LARGEST} tickers: pulumi up without a change", nothing, 12, "s"),
        Row(f"{LARGEST} tickers: an API pod, from start to ready", ready, 3, "s"),
        Row(f"{LARGEST} tickers: memory of an API pod", memory, 160, "MB"),
        Row(f"{LARGEST} tickers: CPU of an idle API pod", cpu, 2, "% of a core"),
        Row(f"{LARGEST} tickers: S3 requests of an idle API pod", requests, 1, "a second"),
        Row(f"{LARGEST} tickers: p99 in relation to one ticker's", ratio, 1.25, "×"),
        Row(f"{LARGEST} tickers: a new champion served", champion, 3, "s"),
    ]


def main():
    if not is_up():
        sys.exit("bench: no lab is up: run 'make lab-up', then 'make bench-scale'")
    if not shutil.which("wrk"):
        install_wrk()
    run("lab/layer.sh", "up", "s3")
    line, rows = measure()
    write_page(PAGE, "docs/benchmarks-scale.md", rows, line=line, idle=IDLE, connections=CONNECTIONS)
    run(*DESTROY)
    run("lab/layer.sh", "down", "s3")


if __name__ == "__main__":
    main()
