"""Starts, measures and stops the programs of a benchmark. None of them outlives the run."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

READY_PATIENCE = 60  # seconds
POLL = 0.003  # seconds

# Other variables of the caller's shell, such as JVM options, would change the measurements.
ENVIRONMENT = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}


class BenchError(Exception):
    """An error whose message says what failed and what to do."""


def stop_on_sigterm():
    """Makes SIGTERM end this program as an error does, so that it stops its processes first."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def output(command, env=ENVIRONMENT):
    """Runs a command that must succeed, and returns its standard output."""
    done = subprocess.run(
        [str(word) for word in command], check=False, capture_output=True, text=True, env=env, timeout=600
    )
    if done.returncode != 0:
        raise BenchError(f"{command[0]} ended with {done.returncode}: {(done.stderr or done.stdout)[-2000:]}")
    return done.stdout


def timed(command):
    """Runs a command, and returns its wall-clock seconds and its peak resident memory in MB."""
    with tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        process = subprocess.Popen([str(word) for word in command], stdout=log, stderr=log, env=ENVIRONMENT)
        try:
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            if process.returncode is None:
                process.kill()
                process.wait()
        if process.returncode != 0:
            log.seek(0)
            raise BenchError(f"{command[0]} ended with {process.returncode}: {log.read()[-2000:].decode()}")
    return seconds, usage.ru_maxrss * 1024 / 1e6


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A server that a benchmark starts and sends requests to.

    `command` makes the command line from a port. `path` answers with status 200 when the server is ready.
    """

    def __init__(self, name, command, path, env=None):
        self.name = name
        self.command = command
        self.path = path
        self.env = env or {}

    @contextmanager
    def running(self):
        """Starts the server and yields it when it is ready, with `port`, `pid` and `seconds_to_ready` set."""
        self.port = free_port()
        with tempfile.TemporaryFile() as log:
            start = time.perf_counter()
            process = subprocess.Popen(
                [str(word) for word in self.command(self.port)],
                stdout=log,
                stderr=log,
                env=ENVIRONMENT | self.env,
            )
            try:
                self.pid = process.pid
                while not self.answers():
                    if process.poll() is not None or time.perf_counter() - start > READY_PATIENCE:
                        log.seek(0)
                        raise BenchError(f"{self.name} does not start: {log.read()[-2000:].decode()}")
                    time.sleep(POLL)
                self.seconds_to_ready = time.perf_counter() - start
                yield self
            finally:
                process.kill()
                process.wait()

    def answers(self):
        try:
            self.get(self.path)
            return True
        except (OSError, http.client.HTTPException, BenchError):
            return False

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        if response.status != 200:
            raise BenchError(f"{self.name} answers {path} with {response.status}")
        return body

    def resident_mb(self):
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / 1e6
        raise BenchError(f"/proc/{self.pid}/status has no VmRSS: run the benchmark on Linux")
