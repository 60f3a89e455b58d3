"""Makes the tables and pages of the results."""

import os
import re
from datetime import date
from pathlib import Path
from textwrap import fill
from typing import NamedTuple

from processes import output

HEADER = ["figure", "ours", "theirs", "ratio", "ceiling", "target", ""]

BUSY = " This machine was busy with other work when the run began."

BEFORE = """\
# Benchmarks

{machine}; {versions}. {date}. Figures are medians of one run of `make bench`, which takes about six minutes
and writes this page. The run needs an idle machine, `wrk`, and, the first time, a network.{busy}
"""

AFTER = """\
"Theirs" is the stack of the Python original (one uvicorn worker, default `n_jobs`). It grows one forest
of 100 trees and evaluates it on one hold-out, with the same file of five years of the S&P 500. "Ours"
grows 100 trees for each of five folds and again for the final model, calibrates, and computes the
intervals. A training time is the time of the whole process. The "ceiling" is a bare Spark route that
answers with the API's bytes, in a JVM with the API's options.

The predictions themselves are not compared. The original predicts for every request; our API predicts
when a model or a price arrives. "A constant" is FastAPI without predicting, in its fastest form: a
coroutine, without an access log. `wrk -t1 -c16` sends the requests from the same machine, in rounds of
ten seconds that alternate between the programs. A latency's ratio to the ceiling is the median of the
rounds' ratios.

Loading an artifact means to read it, to verify it (ours by its SHA-256) and to parse it. Our first time
includes class loading; their first time excludes Python's imports. The row "from the store / with
imports" has both: our time starts at the store's pointer and includes the manifest, their time includes
the imports. "Again" is the median of 50 more loads.
"""


class Row(NamedTuple):
    """One measured figure, printed with `decimals` decimal places; `verdict` is None if there is no target."""

    figure: str
    ours: float
    theirs: float
    decimals: int = 0
    ceiling: str = ""
    target: str = ""
    verdict: bool | None = None

    def cells(self):
        return [
            self.figure,
            f"{self.ours:,.{self.decimals}f}",
            f"{self.theirs:,.{self.decimals}f}",
            f"{self.ours / self.theirs:.2g}×" if self.ours < 9.95 * self.theirs else f"{self.ours / self.theirs:.0f}×",
            self.ceiling,
            self.target,
            {None: "", True: "met", False: "not met"}[self.verdict],
        ]


def table(rows, header=HEADER):
    """Returns a Markdown table with aligned columns."""
    lines = [header, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |" for line in lines)


def page(rows, interpreter, busy):
    facts = {"machine": machine(), "versions": versions(interpreter), "date": date.today()}
    before = BEFORE.format(**facts, busy=BUSY if busy else "")
    return "\n".join([flowing(before), table(rows), "", flowing(AFTER)])


def flowing(text):
    """Wraps every paragraph to lines of at most 100 characters."""
    return "\n\n".join(fill(paragraph, 100, break_on_hyphens=False) for paragraph in text.split("\n\n")) + "\n"


def machine():
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text()).group(1)) / 1024**2
    java = output(["java", "--version"]).split()[1]
    name = f" ({cpu.group(1)})" if cpu else ""
    return f"{os.cpu_count()} cores{name}, {memory:.0f} GiB of memory, Linux, Java {java}"


def versions(interpreter):
    packages = ["scikit-learn", "pandas", "fastapi", "uvicorn"]
    code = f"from importlib.metadata import version as v; print(*(p + ' ' + v(p) for p in {packages}), sep=', ')"
    python = output([interpreter, "-c", "import platform; print(platform.python_version())"]).strip()
    return f"Python {python}, " + output([interpreter, "-c", code]).strip()
