#!/usr/bin/env bash
# Runs on the control plane: waits until kubeadm has initialised it and its API server reports that it is ready.
set -euo pipefail
deadline=$((SECONDS + 300))
until [ -e /etc/kubeadm/initialised ] && kubectl --kubeconfig /etc/kubernetes/admin.conf get --raw /readyz >/dev/null 2>&1; do
  if [ $SECONDS -ge $deadline ]; then
    echo "the control plane is not ready after 5 minutes: look at 'crictl ps -a' and 'journalctl -u kubelet' on $(hostname)" >&2
    exit 1
  fi
  sleep 1
done
