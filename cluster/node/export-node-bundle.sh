#!/usr/bin/env bash
# Runs on a control plane: writes to standard output a tar of the packages, programs and images that this
# node was installed from.
set -euo pipefail
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
mkdir "$out/packages" "$out/images" "$out/bin"

bundle=/opt/mlops-primer/bundle
if [ -e $bundle/manifest.sha256 ]; then
  cp -r $bundle/packages $bundle/bin "$out/"
else
  # apt-get keeps every package that it installed, which is exactly what the box did not contain.
  cp /var/cache/apt/archives/*.deb "$out/packages/" || {
    echo "apt's cache on $(hostname) is empty, so its packages cannot be exported: run 'vagrant destroy', then 'vagrant up' with a network" >&2
    exit 1
  }
fi
for reference in $(kubeadm config images list --kubernetes-version "$(kubeadm version -o short)"); do
  file=${reference##*/}
  ctr --namespace k8s.io images export "$out/images/${file/:/-}.tar" "$reference" >&2
done
tar --create --directory "$out" .
