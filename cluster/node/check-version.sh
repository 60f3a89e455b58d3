#!/usr/bin/env bash
# Refuses to install a Kubernetes version that is not the requested one, or that is not the version of the
# cluster that this node belongs to.
set -euo pipefail

offered=$KUBERNETES_VERSION
if [ -n "${BUNDLE:-}" ]; then
  if [ -x "$BUNDLE/bin/kubelet" ]; then
    offered=$("$BUNDLE/bin/kubelet" --version | cut -d v -f 2)
  else
    offered=$(dpkg-deb --field "$BUNDLE"/packages/kubelet_*.deb Version | cut -d - -f 1)
  fi
fi
[ "$offered" = "$KUBERNETES_VERSION" ] || {
  echo "the bundle holds Kubernetes $offered, but $KUBERNETES_VERSION was requested; nothing was installed: use a bundle of that version, or set KUBERNETES_VERSION=$offered" >&2
  exit 1
}

if [ -e /etc/kubernetes/kubelet.conf ] && installed=$(kubelet --version 2>/dev/null) && [ "$installed" != "Kubernetes v$offered" ]; then
  installed=${installed#Kubernetes v}
  echo "$NODE_NAME belongs to a cluster of Kubernetes $installed, and this run would install $offered; nothing was installed: set KUBERNETES_VERSION=$installed (and BUNDLE, if the cluster was made with one), or run 'vagrant destroy', then 'vagrant up'" >&2
  exit 1
fi
