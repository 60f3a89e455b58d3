"""The measurements. Repetitions alternate between the programs, so that a drift affects all of them equally."""

import hashlib
import re
import tempfile
from contextlib import ExitStack
from statistics import median
from typing import NamedTuple

import stacks
from processes import BenchError, output, timed

TRAININGS = 7
LOADS = 7
STARTS = 7
ROUNDS = 5
SECONDS = 10
WARM_UP = 10
CONNECTIONS = 16


class Load(NamedTuple):
    """Result of one run of wrk: requests per second, and latencies in milliseconds."""

    rate: float
    p50: float
    p99: float


def columns(rows):
    """Returns the median of each column."""
    return [median(column) for column in zip(*rows)]


def training(programs, interpreter, prices, work):
    """Returns (seconds, peak MB) of our training and of the peer's, then the store and the model they wrote."""
    store, model = work / "store", work / "peer"
    model.mkdir()
    ours, theirs = [], []
    for run in range(TRAININGS + 1):
        with tempfile.TemporaryDirectory(dir=work) as fresh:
            one = timed(programs.training(prices, store if run == 0 else fresh))
        other = timed(stacks.peer_training(interpreter, prices, model))
        if run > 0:  # the first run fills the page cache and does not count
            ours.append(one)
            theirs.append(other)
    return columns(ours), columns(theirs), store, model


def loading(programs, interpreter, store, model):
    """Returns milliseconds of the first load and of later loads, of our model and of our store.

    The third result is the peer's: milliseconds of its imports, its first load and later loads.
    """
    path = model_bin(store)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    commands = [
        programs.tool("LoadTime", "model", path, sha256),
        programs.tool("LoadTime", "store", store, stacks.TICKER),
        [interpreter, stacks.PEER / "load.py", model / "model.joblib"],
    ]
    runs = [[numbers(output(command)) for command in commands] for _ in range(LOADS + 1)]
    return [columns(of_command) for of_command in zip(*runs[1:])]


def numbers(text):
    return [float(word) for word in text.split()]


def starting(servers):
    """Returns, for each server, the seconds from the start of its process to its first answer with status 200."""
    seconds = []
    for _ in range(STARTS + 1):
        row = []
        for server in servers:
            with server.running():
                row.append(server.seconds_to_ready)
        seconds.append(row)
    return columns(seconds[1:])


def serving(targets):
    """Returns the Loads of all rounds for each (server, path), and each server's resident MB after them."""
    with ExitStack() as stack:
        for server in {server for server, _ in targets}:
            stack.enter_context(server.running())
        for target in targets:
            wrk(*target, WARM_UP)
        rounds = []
        for turn in range(ROUNDS):
            # Every second round runs backwards, so that no server is always the first.
            order = targets if turn % 2 == 0 else targets[::-1]
            loads = {target: wrk(*target, SECONDS) for target in order}
            rounds.append([loads[target] for target in targets])
        return [list(loads) for loads in zip(*rounds)], [server.resident_mb() for server, _ in targets]


def wrk(server, path, seconds):
    text = output(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", f"http://127.0.0.1:{server.port}{path}"]
    )
    trouble = re.search(r"Socket errors.*|Non-2xx.*", text)
    if trouble:
        raise BenchError(f"{server.name} failed requests of {path}: {trouble.group()}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
    return Load(rate, percentile(text, 50), percentile(text, 99))


def percentile(text, percent):
    value, unit = re.search(rf"^\s+{percent}%\s+([\d.]+)(us|ms|s)$", text, re.MULTILINE).groups()
    return float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def sizes(store, model):
    """Returns the sizes of our model and the peer's in megabytes."""
    return model_bin(store).stat().st_size / 1e6, (model / "model.joblib").stat().st_size / 1e6


def model_bin(store):
    (path,) = store.glob("versions/*/*/model.bin")
    return path
