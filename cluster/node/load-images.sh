#!/usr/bin/env bash
# Puts the images that Kubernetes itself runs into containerd: imported from the bundle, or pulled by kubeadm.
set -euo pipefail

if [ -z "${BUNDLE:-}" ]; then
  if [ "$ROLE" = control-plane ]; then kubeadm config images pull --config /etc/kubeadm/init.yaml; fi
  exit
fi

present=$(ctr --namespace k8s.io images ls --quiet)
for archive in "$BUNDLE"/images/*.tar; do
  reference=$(tar --extract --to-stdout --file "$archive" manifest.json | grep -oP '"RepoTags":\s*\["\K[^"]+')
  grep -qxF "$reference" <<<"$present" || ctr --namespace k8s.io images import "$archive" >/dev/null
done
