#!/usr/bin/env bash
# await-node-ready.sh NODE SINCE: runs on the control plane and waits until NODE is Ready according to a
# report that its kubelet sent after SINCE (see ./print-kubelet-start.sh). Older reports do not count: a
# node that went down keeps its old status for most of a minute. Right after a join the Node object may
# not exist yet.
set -euo pipefail
"$(dirname "$0")/await-api-server.sh"
export KUBECONFIG=/etc/kubernetes/admin.conf

ready='{range .status.conditions[?(@.type=="Ready")]}{.status} {.lastHeartbeatTime} {.message}{end}'
deadline=$((SECONDS + 180))
while true; do
  condition=$(kubectl get node "$1" -o jsonpath="$ready" 2>&1 || true)
  read -r status heartbeat _ <<<"$condition"
  if [ "$status" = True ] && [[ ! $heartbeat < $2 ]]; then break; fi
  if [ $SECONDS -ge $deadline ]; then
    echo "$1 is not Ready after 3 minutes: $condition; its kubelet was started at $2: look at 'journalctl -u kubelet' on $1" >&2
    exit 1
  fi
  sleep 0.5
done
echo "$1 is Ready"
