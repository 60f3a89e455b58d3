#!/usr/bin/env python3
"""Gets real prices from Python packages, and measures the forecasts on them."""

import csv
import gzip
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = ["Date", "Open", "High", "Low", "Close", "Adj Close", "Volume"]
BACKTESTING = "backtesting==0.6.6"
GOOG_SHA256 = "60e961a567490b157f71888df9e6afb36190a34a40a6286aa38988e2343f1b1a"
PROGRAM = "mlopsprimer.bench.forecast.ForecastBench"


def write(path, rows):
    with open(path, "w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def indices(directory):
    source = Path(subprocess.run([ROOT / "scripts/real-prices.sh"], check=True, text=True, stdout=subprocess.PIPE).stdout.strip())
    for name in ("sp500", "nasdaq"):
        with gzip.open(source / f"{name}.csv.gz", "rt") as text:
            rows = list(csv.DictReader(text))
        for row in rows:
            month, day, year = row["Date"].split("/")
            row["Date"] = f"{year}-{int(month):02}-{int(day):02}"
        write(directory / f"{name}.csv", [[row[column] for column in COLUMNS] for row in rows])


def goog(directory):
    """The prices of GOOG 2004 to 2013, from a test of the package backtesting."""
    download = ["-m", "pip", "download", "--quiet", "--no-deps", "--dest", directory, BACKTESTING]
    subprocess.run([sys.executable, *download], check=True)
    with zipfile.ZipFile(next(directory.glob("backtesting-*.whl"))) as wheel:
        content = wheel.read("backtesting/test/GOOG.csv")
    if hashlib.sha256(content).hexdigest() != GOOG_SHA256:
        sys.exit(f"bench: GOOG.csv of {BACKTESTING} does not have the expected SHA-256 sum: check which package index pip uses")
    rows = list(csv.reader(content.decode().splitlines()))[1:]
    write(directory / "goog.csv", [[*row[:5], row[4], row[5]] for row in rows])


with tempfile.TemporaryDirectory(prefix="mlops-primer-forecast-") as work:
    indices(Path(work))
    goog(Path(work))
    jars = ":".join(str(ROOT / jar) for jar in ("bench/target/bench.jar", "apps/trainer/target/trainer.jar"))
    sys.exit(subprocess.run(["java", "-Xmx512m", "-cp", jars, PROGRAM, work]).returncode)
