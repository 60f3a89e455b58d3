#!/usr/bin/env bash
# build-metrics-server.sh OUT: builds metrics-server, which measures the CPU and memory of pods, into OUT.
set -euo pipefail
cd "$(dirname "$0")"
export CGO_ENABLED=0

go build -trimpath -ldflags '-s -w' -o "$1/" tool
