#!/usr/bin/env bash
# remove-rules.sh IMAGE: on a node, removes the rules and sets that kube-router left, and its image.
# kube-router's own cleanup (--cleanup-config) fails in 2.1.0 on a node without IPVS.
set -euo pipefail
image=$1
if [ -z "$(ctr --namespace k8s.io images ls --quiet "name==$image")" ]; then exit 0; fi

own='KUBE-(ROUTER|POD-FW|NWPLCY)-'
rules=$(iptables-save -t filter)
{
  echo '*filter'
  # The jumps from the chains of others first, then the contents of the chains, then the chains.
  sed -nE "/^-A (INPUT|FORWARD|OUTPUT) .*-j $own/ s/^-A/-D/p" <<<"$rules"
  sed -nE "s/^:(${own}[^ ]+) .*/-F \1/p" <<<"$rules"
  sed -nE "s/^:(${own}[^ ]+) .*/-X \1/p" <<<"$rules"
  echo COMMIT
} | iptables-restore --noflush --wait

# The node has no ipset, but the image has it.
ipset() {
  ctr --namespace k8s.io run --rm --privileged --net-host "$image" "ipset-$RANDOM" ipset "$@"
}
ipset list -name </dev/null | sed -nE 's/^((inet6:)?(KUBE-(SRC|DST)-|kube-router-).*)/destroy \1/p' | ipset restore
ctr --namespace k8s.io images rm "$image" >/dev/null
