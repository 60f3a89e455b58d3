#!/usr/bin/env bash
# build-coredns.sh OUT: builds CoreDNS into OUT.
set -euo pipefail
cd "$(dirname "$0")"
export CGO_ENABLED=0

go build -trimpath -ldflags '-s -w' -o "$1/coredns" github.com/coredns/coredns
