#!/usr/bin/env bash
# Makes this machine a Kubernetes node. Every step checks first whether its work is already done, so a
# second run changes nothing. Settings come from the environment (see the Vagrantfile). A worker joins the
# cluster afterwards, with ./join-cluster.sh.
set -euo pipefail
cd "$(dirname "$0")"
requested=${KUBERNETES_VERSION:-}
. ../versions.properties
KUBERNETES_VERSION=${requested:-$KUBERNETES_VERSION}
export KUBERNETES_VERSION CONTAINERD_VERSION KUBERNETES_APT_KEY CONTAINERD_APT_KEY

step() {
  echo "node: $1"
  "./$1.sh"
}

step make-host-keys
if [ -n "${BUNDLE:-}" ]; then step verify-bundle; fi
step check-version
step install-packages
step install-configuration
step load-images
if [ "$ROLE" = control-plane ]; then step init-control-plane; fi
[ -e /etc/kubeadm/provisioned ] || touch /etc/kubeadm/provisioned
