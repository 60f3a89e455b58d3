#!/usr/bin/env bash
# make-node-bundle.sh OUT: writes to OUT what a node without a network is installed from: the lab's own
# Kubernetes programs and images, and Debian's packages.
set -euo pipefail
. "$(dirname "$0")/paths.sh"
out=$1
kubernetes=$CACHE/toolchain/kubernetes

mkdir "$out/bin" "$out/images"
cp "$kubernetes"/{kubeadm,kubelet,kubectl} "$out/bin/"
cp -r "$CACHE/image/packages" "$out/packages"

# kube-proxy writes its rules with the programs of a Debian system.
trap 'rm -f "$out/tools.tar"' EXIT
# shellcheck disable=SC2016  # mmdebstrap's hook expands $1
mmdebstrap --quiet --variant=extract --include=iptables,nftables,conntrack,base-files \
  --extract-hook='for n in iptables iptables-save iptables-restore ip6tables ip6tables-save ip6tables-restore; do ln -sf xtables-nft-multi "$1/usr/sbin/$n"; done' \
  bookworm "$out/tools.tar"

image() { # image REFERENCE ENTRYPOINT PROGRAM=PATH… [ROOT.tar]
  local file=${1##*/}
  "$PROJECT/lab/image-archive.py" "$out/images/${file/:/-}.tar" "$@"
}
for reference in $("$kubernetes/kubeadm" config images list --kubernetes-version "$("$kubernetes/kubeadm" version -o short)"); do
  case $reference in
    */pause:*) image "$reference" /pause "$CACHE/toolchain/pause/pause=/pause" ;;
    */etcd:*) image "$reference" etcd "$CACHE/toolchain/etcd/etcd=/usr/local/bin/etcd" ;;
    */coredns:*) image "$reference" /coredns "$CACHE/toolchain/coredns/coredns=/coredns" ;;
    */kube-proxy:*) image "$reference" kube-proxy "$kubernetes/kube-proxy=/usr/local/bin/kube-proxy" "$out/tools.tar" ;;
    *)
      program=${reference##*/}
      program=${program%:*}
      image "$reference" "$program" "$kubernetes/$program=/usr/local/bin/$program"
      ;;
  esac
done
rm -f "$out/tools.tar"
"$PROJECT/cluster/write-checksums.sh" "$out"
