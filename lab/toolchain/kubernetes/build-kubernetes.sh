#!/usr/bin/env bash
# build-kubernetes.sh OUT: builds the programs of Kubernetes that go.mod lists as tools into OUT.
set -euo pipefail
cd "$(dirname "$0")"
export CGO_ENABLED=0

version=$(go list -m -f '{{.Version}}' k8s.io/kubernetes)
IFS=. read -r major minor _ <<<"${version#v}"
flags='-s -w'
for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
  flags+=" -X $package.gitVersion=$version -X $package.gitMajor=$major -X $package.gitMinor=$minor"
  flags+=" -X $package.gitTreeState=clean"
done
go build -trimpath -ldflags "$flags" -o "$1/" tool
