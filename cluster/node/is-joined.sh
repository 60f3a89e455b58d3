#!/usr/bin/env bash
# is-joined.sh CA-HASH: succeeds on a worker that has joined the cluster with that CA.
set -euo pipefail
[ -e /etc/kubernetes/kubelet.conf ] && [ "$("$(dirname "$0")/print-ca-hash.sh")" = "$1" ]
