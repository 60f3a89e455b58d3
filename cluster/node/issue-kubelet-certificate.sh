#!/usr/bin/env bash
# issue-kubelet-certificate.sh NODE: runs on the control plane and prints a client certificate for the
# kubelet of NODE, and its key. It needs no API server. The output goes to the node's
# ./install-kubelet-certificate.sh through a pipe, so that it is in no argument and no log.
set -euo pipefail
kubeadm kubeconfig user --config /etc/kubeadm/init.yaml --org system:nodes --client-name "system:node:$1" |
  sed -n -E 's/^ *client-(certificate|key)-data: //p' | while read -r data; do base64 --decode <<<"$data"; done
