#!/usr/bin/env bash
# make.sh OUT: makes the image of kube-router: its program, and the programs that it writes its rules with.
set -euo pipefail
. "$(dirname "$0")/../../paths.sh"
out=$1
trap 'rm -f "$out/tools.tar"' EXIT

# The rules must be of the same kind as kube-proxy's on the node: nftables behind the commands of iptables.
# shellcheck disable=SC2016  # mmdebstrap's hook expands $1
mmdebstrap --quiet --variant=extract --include=iptables,ipset,base-files \
  --extract-hook='for n in iptables iptables-save iptables-restore ip6tables ip6tables-save ip6tables-restore; do ln -sf xtables-nft-multi "$1/usr/sbin/$n"; done' \
  bookworm "$out/tools.tar"
"$PROJECT/lab/image-archive.py" "$out/kube-router.tar" localhost/kube-router:2.1.0 kube-router \
  "$CACHE/toolchain/kube-router/kube-router=/usr/local/bin/kube-router" "$out/tools.tar"
