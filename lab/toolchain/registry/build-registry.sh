#!/usr/bin/env bash
# build-registry.sh OUT: builds the registry of images, distribution, into OUT.
set -euo pipefail
cd "$(dirname "$0")"
export CGO_ENABLED=0

go build -trimpath -ldflags '-s -w' -o "$1/" tool
