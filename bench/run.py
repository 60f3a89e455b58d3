#!/usr/bin/env python3
"""Compares this project with the stack of the Python original; writes docs/benchmarks.md."""

import os
import sys

sys.dont_write_bytecode = True

import tempfile
from pathlib import Path
from statistics import median

import measure
import report
import stacks
from processes import BenchError, stop_on_sigterm
from report import Row


def say(text):
    print(text, file=sys.stderr, flush=True)


def at_most(figure, ours, theirs, decimals, limit, unit):
    return Row(figure, ours, theirs, decimals, target=f"≤ {limit} {unit}", verdict=ours <= limit)


def training_rows(ours, theirs):
    (seconds, peak), (their_seconds, their_peak) = ours, theirs
    wall = Row("training, s", seconds, their_seconds, 2, "", "≤ 1.25×", seconds <= 1.25 * their_seconds)
    return [wall, Row("training, peak memory, MB", peak, their_peak)]


def loading_rows(of_model, of_store, theirs):
    (first, again), (store_first, _), (imports, their_first, their_again) = of_model, of_store, theirs
    return [
        at_most("artifact loaded, first time, ms", first, their_first, 1, 100, "ms"),
        Row("artifact loaded, again, ms", again, their_again, 2),
        Row("… from the store / with imports, first time, ms", store_first, imports + their_first),
    ]


def endpoint_rows(ours, bare, constant, predicting):
    rows = []
    for name, theirs, times in (("a constant", constant, 8), ("predict_proba", predicting, 200)):
        rate, their_rate = (median(load.rate for load in loads) for loads in (ours, theirs))
        ceiling = f"{median(load.rate for load in bare):,.0f}"
        rows.append(
            Row(f"requests/s, against {name}", rate, their_rate, 0, ceiling, f"≥ {times}×", rate >= times * their_rate)
        )
    rows.append(latency_row("p50", ours, bare, constant, None))
    rows.append(latency_row("p99", ours, bare, constant, 1.25))
    return rows


def latency_row(percentile, ours, bare, theirs, limit):
    """Each ratio compares two loads of the same round, which ran within the same minutes."""

    def values(loads):
        return [getattr(load, percentile) for load in loads]

    ratio = median(one / other for one, other in zip(values(ours), values(bare)))
    return Row(
        f"{percentile}, against a constant, ms",
        median(values(ours)),
        median(values(theirs)),
        2,
        f"{median(values(bare)):.2f} ({ratio:.2f}×)",
        f"≤ {limit}× the ceiling" if limit else "",
        ratio <= limit if limit else None,
    )


def run(work):
    stacks.require_tools()
    busy = os.getloadavg()[0] > 0.5
    if busy:
        say("this machine is busy: the figures would vary less on an idle machine")
    programs = stacks.Ours(work)
    interpreter = stacks.python()

    say("training")
    ours, theirs, store, model = measure.training(programs, interpreter, stacks.prices(), work)
    rows = training_rows(ours, theirs)
    rows.append(at_most("artifact, MB", *measure.sizes(store, model), 3, 0.5, "MB"))

    say("loading")
    rows += loading_rows(*measure.loading(programs, interpreter, store, model))

    body = work / "body.json"
    api, bare, peer = programs.serving(store), programs.bare_spark(body), stacks.peer_serving(interpreter, model)
    with api.running():
        body.write_bytes(api.get(stacks.ENDPOINT))

    say("starting")
    our_start, bare_start, their_start = measure.starting([api, bare, peer])

    say("serving")
    targets = [(api, stacks.ENDPOINT), (bare, stacks.ENDPOINT), (peer, "/constant"), (peer, stacks.ENDPOINT)]
    loads, (our_memory, bare_memory, their_memory, _) = measure.serving(targets)
    for (server, path), of_target in zip(targets, loads):
        say(f"  {server.name} {path}: " + "; ".join(f"{x.rate:.0f}/s p99 {x.p99:.2f} ms" for x in of_target))
    rows += endpoint_rows(*loads)

    ready = at_most("start to ready, s", our_start, their_start, 2, 0.6, "s")
    memory = at_most("resident after load, MB", our_memory, their_memory, 0, 150, "MB")
    rows += [ready._replace(ceiling=f"{bare_start:.2f}"), memory._replace(ceiling=f"{bare_memory:.0f}")]

    (stacks.ROOT / "docs/benchmarks.md").write_text(report.page(rows, interpreter, busy))
    print(report.table(rows))


if __name__ == "__main__":
    stop_on_sigterm()
    try:
        with tempfile.TemporaryDirectory(prefix="mlops-primer-bench-") as directory:
            run(Path(directory))
    except BenchError as problem:
        sys.exit(f"bench: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)
