#!/usr/bin/env bash
# build-etcd.sh OUT: builds etcd into OUT.
set -euo pipefail
cd "$(dirname "$0")"
export CGO_ENABLED=0

go build -trimpath -ldflags '-s -w' -o "$1/etcd" go.etcd.io/etcd/server/v3
