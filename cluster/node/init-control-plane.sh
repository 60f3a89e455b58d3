#!/usr/bin/env bash
# Initialises the control plane, once. An attempt that was interrupted is undone first.
set -euo pipefail
done=/etc/kubeadm/initialised

if [ ! -e $done ]; then
  if [ -e /etc/kubernetes/manifests/kube-apiserver.yaml ]; then kubeadm reset --force >/dev/null; fi
  kubeadm init --config /etc/kubeadm/init.yaml --skip-token-print
  chmod 600 /var/lib/kubelet/config.yaml # kubeadm makes it readable for everybody
  # kubeadm init leaves a token that anybody could join with for a day.
  kubeadm token list -o jsonpath='{.token}{"\n"}' | cut -d . -f 1 | xargs --no-run-if-empty -n 1 kubeadm token delete >/dev/null
  touch $done
fi
