#!/usr/bin/env bash
# Takes the lab down: removes everything that lab/up.sh started, and nothing else, even when Vagrant no
# longer knows the nodes. FORCE=1 also takes down a lab that another checkout started.
set -uo pipefail
. "$(dirname "$0")/paths.sh"
eval "$("$PROJECT/lab/env.sh")"
cd "$PROJECT" || exit

rival=$(rival)
if [ -n "$rival" ] && [ "${FORCE:-}" != 1 ]; then
  echo "lab: $rival has a lab up, and a machine can have only one: run 'make lab-down' there first, or 'FORCE=1 make lab-down' here" >&2
  exit 1
fi

lab=$([ ! -e "$CACHE/owner" ] || echo yes)
rm -f "$CACHE/up"
nodes=$(find .vagrant/machines -path '*/lxc/id' 2>/dev/null | cut -d / -f 3)
# shellcheck disable=SC2086  # names without spaces
if [ -n "$nodes" ]; then vagrant destroy --force $nodes; fi
for container in $(containers); do
  lxc-destroy --force --name "$container"
done
# lxc leaves empty cgroups: the container's own, and one for each service that ran in it.
find /sys/fs/cgroup -depth -type d -path "*/lxc.*.$BRIDGE-*" -exec rmdir {} + 2>/dev/null
"$PROJECT/lab/layer.sh" down s3 registry # the layers with a server outside the nodes
"$PROJECT/lab/network.sh" down
pkill -f "python3 $CHART_SERVER" || true
rm -rf "$CACHE/pulumi" "$CACHE/chart" "$CACHE/state" Pulumi.lab.yaml
# infra-context may belong to a cluster of virtual machines; it is removed only if this was a lab.
if [ -n "$nodes$lab" ]; then rm -rf infra-context; fi

left=$(containers; ip -brief link show "$BRIDGE" 2>/dev/null)
if [ -n "$left" ]; then
  printf 'lab: these are still on this machine; correct what the messages above report, then run lab/down.sh again:\n%s\n' "$left" >&2
  exit 1
fi
rm -rf .vagrant/machines/*/lxc "$CACHE/owner"
