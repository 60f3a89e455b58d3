#!/usr/bin/env bash
# build-flux.sh OUT: builds Flux's source-controller and kustomize-controller into OUT, with their resource definitions.
set -euo pipefail
cd "$(dirname "$0")"
export CGO_ENABLED=0

go build -trimpath -ldflags '-s -w' -o "$1/" tool
mkdir "$1/crds"
for module in source-controller kustomize-controller; do
  cp "$(go list -m -f '{{ .Dir }}' "github.com/fluxcd/$module")"/config/crd/bases/*.yaml "$1/crds/"
done
chmod -R u+w "$1/crds"
