"""Virtual environments with the Python packages of a requirements file, each made once."""

import hashlib
import os
import shutil
import sys
from pathlib import Path

from processes import output

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mlops-primer"


def interpreter(requirements, name):
    """Returns the Python interpreter of an environment with the packages that a file lists."""
    made_of = requirements.read_bytes() + sys.version.encode()
    venv = CACHE / f"{name}-venv-{hashlib.sha256(made_of).hexdigest()[:12]}"
    python = venv / "bin/python"
    if not (venv / "complete").exists():
        print(f"making the virtual environment {venv.name}, once", file=sys.stderr)
        shutil.rmtree(venv, ignore_errors=True)
        output([sys.executable, "-m", "venv", venv], os.environ)
        output([python, "-m", "pip", "install", "--quiet", "--requirement", requirements], os.environ)
        (venv / "complete").touch()
    return python
