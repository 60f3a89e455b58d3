#!/usr/bin/env bash
# Runs on a worker: joins the cluster with the CA hash and the token that ./admit-worker.sh printed,
# read from standard input.
set -euo pipefail
read -r ca
read -r token

# A CA certificate is left from a cluster that no longer exists, or from a join that was interrupted.
if [ -e /etc/kubernetes/pki/ca.crt ]; then kubeadm reset --force >/dev/null; fi

# Only the shell fills in the values, so that no process has them as an argument.
config=$(</etc/kubeadm/join.yaml)
config=${config//\$\{CA\}/$ca}
config=${config//\$\{TOKEN\}/$token}
printf '%s\n' "$config" | kubeadm join --config /dev/stdin
chmod 600 /var/lib/kubelet/config.yaml # kubeadm makes it readable for everybody
