#!/usr/bin/env bash
# Runs on the control plane: renews the control plane's certificates and kubeconfigs if one of them ends
# within half a year or has ended, and restarts what uses them. Otherwise it changes nothing. It needs no
# API server, and the kubelet must run (see ./install-kubelet-certificate.sh).
set -euo pipefail
cd "$(dirname "$0")"
config=/etc/kubeadm/init.yaml
# This file exists if an earlier run ended before everything was restarted.
unfinished=/etc/kubeadm/renewal-unfinished

ends=$(kubeadm certs check-expiration --config $config \
  --output jsonpath='{range .certificates[?(@.missing==false)]}{.expirationDate}{"\n"}{end}' | sort | sed -n 1p)
[ -n "$ends" ] || {
  echo "kubeadm lists no certificates on $(hostname): look at 'kubeadm certs check-expiration --config $config' there" >&2
  exit 1
}
# Both times are in UTC and have the same format, so their texts are in the same order as the times.
if [ ! -e $unfinished ] && [[ ! $ends < $(date --utc --date '+182 days' +%FT%TZ) ]]; then exit; fi

# running: prints the ids of the control plane's containers that run or are about to, sorted. A container
# that appears later reads the new certificates.
running() {
  local filters=() component containers tasks
  for component in etcd kube-apiserver kube-controller-manager kube-scheduler; do
    filters+=("labels.\"io.kubernetes.pod.namespace\"==kube-system,labels.\"io.kubernetes.container.name\"==$component")
  done
  containers=$(ctr --namespace k8s.io containers ls --quiet "${filters[@]}") || return
  tasks=$(ctr --namespace k8s.io tasks ls) || return
  comm -12 <(sort <<<"$containers") <(awk 'NR > 1 && $3 != "STOPPED" { print $1 }' <<<"$tasks" | sort)
}

echo "the first of the control plane's certificates ends at $ends: renewing all"
touch $unfinished
kubeadm certs renew all --config $config >/dev/null

# The kubelet starts a container of the control plane again when it has ended.
before=$(running)
for container in $before; do
  ctr --namespace k8s.io tasks kill --signal SIGTERM "$container" || true # it may have ended meanwhile
done
deadline=$((SECONDS + 90))
while true; do
  now=$(running)
  [ -n "$(comm -12 <(echo "$before") <(echo "$now"))" ] || break
  if [ $SECONDS -ge $deadline ]; then
    echo "the control plane's containers on $(hostname) did not stop within 90 s after their certificates were renewed: run 'vagrant reload kube-control-plane'" >&2
    exit 1
  fi
  sleep 1
done
./await-api-server.sh
rm $unfinished
