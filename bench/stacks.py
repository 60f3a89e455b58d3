"""The two programs that are compared, and the ceiling: their places and how to start them."""

import os
import shutil
from pathlib import Path

import packages
from processes import BenchError, Server, output

ROOT = Path(__file__).resolve().parent.parent
PEER = ROOT / "bench/peer"
JARS = ["apps/trainer/target/trainer.jar", "apps/api/target/api.jar", "bench/target/bench.jar"]
TICKER = "^GSPC"
ENDPOINT = "/predictionForTomorrow"


def require_tools():
    missing = [jar for jar in JARS if not (ROOT / jar).exists()]
    if missing:
        raise BenchError(f"not built: {', '.join(missing)}: run 'make bench', which builds them first")
    if not shutil.which("java"):
        raise BenchError("java is missing: on Debian, run sudo apt-get install openjdk-17-jdk-headless")
    if not shutil.which("wrk"):
        install_wrk()


def install_wrk():
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise BenchError("wrk is missing: on Debian, run sudo apt-get install wrk")
    output(["apt-get", "install", "--yes", "--quiet", "wrk"], os.environ)


def python():
    """Returns the peer's Python interpreter. Its virtual environment is made once for each requirements.txt."""
    return packages.interpreter(ROOT / "bench/requirements.txt", "bench")


def prices():
    """Returns the file of real prices that both programs train on; it is downloaded once."""
    return Path(output([ROOT / "scripts/real-prices.sh"], os.environ).strip()) / "sp500.csv.gz"


class Ours:
    """Copies of our programs, so that a build during the run does not change what is measured."""

    def __init__(self, work):
        self.trainer, self.api, self.bench = (shutil.copy(ROOT / jar, work) for jar in JARS)

    def training(self, prices, store):
        arguments = ["--source", f"csv:{prices}", "--ticker", TICKER, "--store", store, "--trees", "100"]
        return java("trainer", "-jar", self.trainer, "train", *arguments)

    def serving(self, store):
        def command(port):
            arguments = ["--store", store, "--ticker", TICKER, "--port", port, "--management-port", "0"]
            return java("api", "-jar", self.api, *arguments)

        return Server("the API", command, "/health/ready")

    def bare_spark(self, body):
        return Server("bare Spark", lambda port: self.tool("Ceiling", port, body), ENDPOINT)

    def tool(self, main, *arguments):
        """Returns the command for one of the bench's own classes, in a JVM with the API's options."""
        return java("api", "-cp", f"{self.bench}{os.pathsep}{self.api}", f"mlopsprimer.bench.{main}", *arguments)


def java(app, *arguments):
    return ["java", f"@{ROOT}/apps/{app}/jvm.options", *arguments]


def peer_training(interpreter, prices, out):
    return [interpreter, PEER / "train.py", prices, out]


def peer_serving(interpreter, model):
    def command(port):
        # The other two servers write no access log. With one, FastAPI would answer a quarter fewer requests.
        return [
            interpreter, "-m", "uvicorn", "serve:app", "--app-dir", PEER, "--port", port,
            "--no-access-log", "--log-level", "warning",
        ]  # fmt: skip

    return Server("FastAPI", command, "/constant", {"MODEL_DIR": str(model), "PYTHONDONTWRITEBYTECODE": "1"})
