#!/usr/bin/env bash
# Builds, from source, the programs of the lab that no package registry offers as binaries: Kubernetes,
# etcd, CoreDNS and pause for the nodes; Pulumi, its plugins and three checkers of manifests and nodes
# for this machine; versitygw, an S3 server. Go verifies every module against go.sum.
set -euo pipefail
. "$(dirname "$0")/../paths.sh"

go version | grep -qE 'go1\.(2[5-9]|[3-9][0-9])' || {
  echo "lab: Go 1.25 or newer is needed, not $(go version | cut -d' ' -f3): see https://go.dev/dl" >&2
  exit 1
}
# shellcheck source=/dev/null
plugin_version=$(. "$PROJECT/cluster/versions.properties" && echo "$PULUMI_KUBERNETES_PLUGIN_VERSION")
for tool in pause etcd coredns kubernetes pulumi kubernetes-provider checks kube-bench versitygw; do
  key=$(key_of "lab/toolchain/$tool")
  # The version of this tool is not in its folder.
  [ $tool != kubernetes-provider ] || key+=-$plugin_version
  fill "toolchain/$tool" "$key" "$PROJECT/lab/toolchain/$tool/build-$tool.sh"
done
