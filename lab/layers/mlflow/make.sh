#!/usr/bin/env bash
# make.sh OUT: makes OUT/mlflow.tar, a small image of the MLflow server: Debian's Python, and the packages of
# requirements.txt, which are MLflow and what its server needs for PostgreSQL and S3. The official image with all
# packages needs more than twice the memory. The image has the compiled files of Python, because a pod with a
# read-only root file system would compile everything again at each start.
set -euo pipefail
. "$(dirname "$0")/../../paths.sh"
out=$1
trap 'rm -rf "$out"/{root.tar,python.tar,tree}' EXIT

mmdebstrap --quiet --variant=extract \
  --include=base-files,ca-certificates,libc6,libgcc-s1,libstdc++6,netbase,python3,tzdata,zlib1g bookworm "$out/root.tar"

# Python 3.11 is that of Debian 12, in the image and on this machine. The hashes are those of its packages.
directory=usr/local/lib/python3.11/dist-packages
mkdir -p "$out/tree/$directory"
# requirements.txt is complete: mlflow names many more packages, which the server does not need.
python3 -m pip install --quiet --disable-pip-version-check --root-user-action ignore --no-compile --no-deps --require-hashes \
  --only-binary :all: --target "$out/tree/$directory" --requirement "$PROJECT/lab/layers/mlflow/requirements.txt"
rm -rf "$out/tree/$directory"/{bin,pandas/tests}
# With the hash of its source in it instead of its date, a compiled file is the same on every machine.
PYTHONHASHSEED=0 python3 -m compileall -q -j 0 --invalidation-mode unchecked-hash \
  -s "$out/tree" -p / "$out/tree/$directory"
tar --create --file "$out/python.tar" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$out/tree" usr

"$PROJECT/lab/image-archive.py" "$out/mlflow.tar" localhost/mlflow:3.17.2 python3 "$out/root.tar" "$out/python.tar"
