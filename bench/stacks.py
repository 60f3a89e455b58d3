"""The two programs that are compared, and the ceiling: where they are and how they are started."""

import hashlib
import os
import shutil
import sys
from pathlib import Path

from processes import BenchError, Server, output

ROOT = Path(__file__).resolve().parent.parent
PEER = ROOT / "bench/peer"
TRAINER = ROOT / "apps/trainer/target/trainer.jar"
API = ROOT / "apps/api/target/api.jar"
BENCH = ROOT / "bench/target/bench.jar"
TICKER = "^GSPC"
ENDPOINT = "/predictionForTomorrow"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mlops-primer"


def require_tools():
    missing = [str(jar.relative_to(ROOT)) for jar in (TRAINER, API, BENCH) if not jar.exists()]
    if missing:
        raise BenchError(f"not built: {', '.join(missing)}; run make bench")
    for tool in ("java", "wrk"):
        if not shutil.which(tool):
            raise BenchError(f"{tool} is missing; on Debian: apt-get install {'wrk' if tool == 'wrk' else 'openjdk-17-jre-headless'}")


def python():
    """The peer's interpreter; its venv is made once per requirements.txt."""
    requirements = ROOT / "bench/requirements.txt"
    made_of = requirements.read_bytes() + sys.version.encode()
    venv = CACHE / f"bench-venv-{hashlib.sha256(made_of).hexdigest()[:12]}"
    interpreter = venv / "bin/python"
    if not (venv / "complete").exists():
        print("making the peer's venv, once", file=sys.stderr)
        shutil.rmtree(venv, ignore_errors=True)
        output([sys.executable, "-m", "venv", venv])
        output([interpreter, "-m", "pip", "install", "--quiet", "--requirement", requirements])
        (venv / "complete").touch()
    return interpreter


def java(app, *arguments):
    return ["java", f"@{ROOT}/apps/{app}/jvm.options", *arguments]


def bench_java(main, *arguments):
    """One of the bench's own classes, in a JVM like the API's."""
    return java("api", "-cp", f"{BENCH}{os.pathsep}{API}", f"mlopsprimer.bench.{main}", *arguments)


def our_training(prices, store):
    return java(
        "trainer", "-jar", TRAINER, "train", "--source", f"csv:{prices}", "--ticker", TICKER,
        "--store", store, "--trees", "100",
    )  # fmt: skip


def peer_training(interpreter, prices, out):
    return [interpreter, PEER / "train.py", prices, out]


def our_api(store):
    def command(port):
        return java("api", "-jar", API, "--store", store, "--ticker", TICKER, "--port", port)

    return Server("the API", command, "/health/ready")


def bare_spark(body):
    return Server("bare Spark", lambda port: bench_java("Ceiling", port, body), ENDPOINT)


def peer_api(interpreter, model):
    def command(port):
        # No access log, for the other two write none; the peer is 1.3 times as fast without.
        return [
            interpreter, "-m", "uvicorn", "serve:app", "--app-dir", PEER, "--port", port,
            "--no-access-log", "--log-level", "warning",
        ]  # fmt: skip

    return Server("FastAPI", command, "/constant", {"MODEL_DIR": str(model), "PYTHONDONTWRITEBYTECODE": "1"})
