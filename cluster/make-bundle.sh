#!/usr/bin/env bash
# make-bundle.sh DIRECTORY: writes to DIRECTORY what another cluster can be installed from without a
# network (BUNDLE=DIRECTORY vagrant up): the packages, programs and images of the cluster that is up.
# DIRECTORY/offline gets the offline kit, which is what `pulumi up` needs on a machine without a network.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:?usage: make-bundle.sh DIRECTORY}

[ -e infra-context/ssh-config ] || {
  echo "bundle: no cluster is up: run 'vagrant up' first, with a network" >&2
  exit 1
}
[ ! -e "$out" ] || {
  echo "bundle: $out exists: choose another directory, or remove it" >&2
  exit 1
}
trap 'rm -rf "$out.part"' EXIT
mkdir -p "$out.part"
ssh -n -o BatchMode=yes -F infra-context/ssh-config kube-control-plane \
  sudo /opt/mlops-primer/cluster/node/export-node-bundle.sh | tar -x -C "$out.part"
cluster/write-checksums.sh "$out.part"
cluster/offline/make-offline-kit.sh "$out.part/offline"
mv "$out.part" "$out"
echo "$out: $(du -sh "$out" | cut -f 1) for $(uname -m); use it with: BUNDLE=$out vagrant up"
