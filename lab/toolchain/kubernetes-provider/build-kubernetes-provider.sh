#!/usr/bin/env bash
# build-kubernetes-provider.sh OUT: builds Pulumi's Kubernetes provider plugin into OUT.
set -euo pipefail
cd "$(dirname "$0")"
export CGO_ENABLED=0

# The Go module has no release tag, so the linker sets the version. It must be the version of the source
# that go.mod pins.
. ../../../cluster/versions.properties
# -buildvcs=false keeps the checkout's commit out of the program.
go build -trimpath -buildvcs=false -ldflags "-s -w -X github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version.Version=$PULUMI_KUBERNETES_PLUGIN_VERSION" \
  -o "$1/pulumi-resource-kubernetes" .
