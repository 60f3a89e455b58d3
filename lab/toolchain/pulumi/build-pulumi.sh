#!/usr/bin/env bash
# build-pulumi.sh OUT: builds the Pulumi CLI and its language plugin for Java into OUT.
set -euo pipefail
cd "$(dirname "$0")"
export CGO_ENABLED=0

version=$(go list -m -f '{{.Version}}' github.com/pulumi/pulumi/pkg/v3)
java=$(go list -m -f '{{.Version}}' github.com/pulumi/pulumi-java/pkg)
flags="-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=$version"
flags+=" -X github.com/pulumi/pulumi-java/pkg/version.Version=$java"
go build -trimpath -ldflags "$flags" -o "$1/" tool
