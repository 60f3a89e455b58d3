#!/usr/bin/env bash
# Prints the path of a Python with MLflow, ONNX and onnxruntime, which tests start as an MLflow server and as a
# client. The packages are pinned, with their hashes, in scripts/mlflow/requirements.txt, and are installed once.
set -euo pipefail
cd "$(dirname "$0")/.."

python=$(command -v python3 || true)
if ! "${python:-false}" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "mlflow: Python 3.11 or newer with its module venv is needed (on Debian the package python3-venv)" >&2
  exit 1
fi
key=$({ cat scripts/mlflow/requirements.txt; "$python" -VV; echo "$python"; } | { sha256sum 2>/dev/null || shasum -a 256; } | cut -c1-12)
home=${XDG_CACHE_HOME:-$HOME/.cache}/mlops-primer/mlflow-$key
if [ ! -e "$home/complete" ]; then
  echo "mlflow: installing it, which takes a minute or two once" >&2
  rm -rf "$home"
  trap 'echo "mlflow: it cannot be installed: check the network, and which package index pip uses" >&2; rm -rf "$home"' ERR
  "$python" -m venv "$home"
  "$home/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
    --only-binary :all: --requirement scripts/mlflow/requirements.txt >&2
  "$home/bin/python" -c 'import mlflow, onnx, onnxruntime' >&2
  touch "$home/complete"
fi
echo "$home/bin/python"
