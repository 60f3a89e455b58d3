#!/usr/bin/env bash
# build-versitygw.sh OUT: builds versitygw, an S3 server that keeps objects as files, into OUT.
set -euo pipefail
cd "$(dirname "$0")"
export CGO_ENABLED=0

go build -trimpath -ldflags '-s -w' -o "$1/versitygw" github.com/versity/versitygw/cmd/versitygw
