#!/usr/bin/env bash
# build-kube-router.sh OUT: builds kube-router, which enforces network policies on the nodes, into OUT.
set -euo pipefail
cd "$(dirname "$0")"
export CGO_ENABLED=0

go build -trimpath -ldflags '-s -w' -o "$1/" tool
