#!/usr/bin/env bash
# make.sh OUT: makes the image of metrics-server.
set -euo pipefail
. "$(dirname "$0")/../../paths.sh"
"$PROJECT/lab/image-archive.py" "$1/metrics-server.tar" localhost/metrics-server:0.9.0 metrics-server \
  "$CACHE/toolchain/metrics-server/metrics-server=/usr/local/bin/metrics-server"
