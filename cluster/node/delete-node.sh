#!/usr/bin/env bash
# delete-node.sh NODE: runs on the control plane and deletes the Node object and the pods of a machine
# that no longer exists. The cluster would delete them too, but only after a minute, and it would send
# requests to those pods until then.
set -euo pipefail
export KUBECONFIG=/etc/kubernetes/admin.conf

kubectl delete node "$1" --ignore-not-found --timeout=30s
warnings=$(kubectl delete pods --all-namespaces --field-selector "spec.nodeName=$1" --force --grace-period=0 --timeout=30s 2>&1) || {
  echo "$warnings" >&2
  exit 1
}
