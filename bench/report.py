"""The table, and the page around it."""

import os
import re
from datetime import date
from pathlib import Path
from typing import NamedTuple, Optional

from processes import output

HEADER = ["figure", "ours", "theirs", "ratio", "ceiling", "target", ""]

PAGE = """\
# Benchmarks

{machine}; {date}. Medians of one run of `make bench`, which takes about seven minutes and
writes this page.

{table}

Theirs is the stack of the Python original ({versions}; one uvicorn worker, default `n_jobs`): one
forest of 100 trees, one hold-out, from the same file of five years of the S&P 500. Ours trains the
same number of trees for each of five folds and for the model itself, calibrates, and computes the
intervals; a time is that of the whole process. The ceiling is a bare Spark route that answers our
bytes from a JVM with the API's options.

Not compared is what the two predict: the original's `confidence` is not calibrated. It also predicts
anew for every request, ours when a model or a price arrives; the row "a constant" is FastAPI without
predicting, from a coroutine and without an access log. Loads come from `wrk -t1 -c16` on the same
machine, five rounds of ten seconds in turn; the ratio of a p99 to the ceiling's is the median over
rounds. "Warm" is the median of 50 loads in one process; cold is the first, after the interpreter's
imports, which take {imports:.0f} ms more, and with our class loading, which is part of ours.
"""


class Row(NamedTuple):
    """A figure; `decimals` are of its unit, `verdict` is None where nothing was promised."""

    figure: str
    ours: float
    theirs: float
    decimals: int = 0
    ceiling: str = ""
    target: str = ""
    verdict: Optional[bool] = None

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


def table(rows):
    """Markdown that can be read as it is."""
    lines = [HEADER, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADER))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |" for line in lines
    )


def page(rows, interpreter, imports):
    return PAGE.format(
        machine=machine(), date=date.today(), table=table(rows), versions=versions(interpreter), imports=imports
    )


def machine():
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text()).group(1)) / 1024**2
    java = re.search(r"java.version = (\S+)", output(["java", "-XshowSettings:properties", "-version"], merged=True))
    name = f" ({cpu.group(1)})" if cpu else ""
    return f"{os.cpu_count()} cores{name}, {memory:.0f} GiB of memory, Linux, Java {java.group(1)}"


def versions(interpreter):
    packages = ["scikit-learn", "pandas", "fastapi", "uvicorn"]
    code = f"from importlib.metadata import version as v; print(*(p + ' ' + v(p) for p in {packages}), sep=', ')"
    python = output([interpreter, "-c", "import platform; print(platform.python_version())"]).strip()
    return f"Python {python}, " + output([interpreter, "-c", code]).strip()
