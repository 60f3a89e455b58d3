#!/usr/bin/env bash
# build-checks.sh OUT: builds kubeconform and kube-score into OUT. Both check manifests.
set -euo pipefail
cd "$(dirname "$0")"
export CGO_ENABLED=0

go build -trimpath -ldflags '-s -w' -o "$1/" tool
