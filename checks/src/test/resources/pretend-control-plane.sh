# Makes this process see a control plane: a real kubeadm's certificates in /etc/kubernetes, and programs
# in place of ctr, kubectl and systemctl that only record what they are told. Run it with `unshare
# --map-root-user --mount`, so that nothing outside of this process changes.
# shellcheck shell=bash
# usage: bash pretend-control-plane.sh KUBEADM VALIDITY COMMANDS, in a checkout
# VALIDITY is how long the certificates are valid, such as 2400h; the project's own validity if it is empty.
set -euo pipefail
kubeadm=$1 validity=$2 commands=$3
node=$PWD/cluster/node
export node OPENSSL_CONF=/dev/null

# Debian's awk is a link to /etc/alternatives.
mkdir "$TMPDIR/etc"
mount -t tmpfs tmpfs "$TMPDIR/etc"
mkdir "$TMPDIR/etc/alternatives"
[ ! -d /etc/alternatives ] || mount --bind /etc/alternatives "$TMPDIR/etc/alternatives"
mount --rbind "$TMPDIR/etc" /etc
mount -t tmpfs tmpfs /var/lib
mkdir -p /etc/kubeadm /etc/kubernetes /var/lib/kubelet/pki "$TMPDIR/bin" "$TMPDIR/containers"
touch /etc/kubeadm/initialised
# shellcheck disable=SC2016  # sed matches the dollar signs
sed -e 's/${KUBERNETES_VERSION}/1.35.0/; s/${NODE_NAME}/kube-control-plane/; s/${[A-Z_]*ADDRESS}/192.168.56.10/' \
  -e 's|${CLUSTER_CIDR}|10.244.0.0/16|' \
  -e 's/^kind: ClusterConfiguration/&\nencryptionAlgorithm: ECDSA-P256/' cluster/kubeadm/{init,cluster}.yaml >/etc/kubeadm/init.yaml

# Each component has a file of its name that holds the number of its current container.
for component in etcd kube-apiserver kube-controller-manager kube-scheduler; do echo 1 >"$TMPDIR/containers/$component"; done
cat >"$TMPDIR/bin/ctr" <<'CTR'
#!/usr/bin/env bash
cd "$TMPDIR/containers"
case "$4" in
  kill) name=${7%-*}; echo $(($(cat "$name") + 1)) >"$name" ;;
  ls)
    [ "$3" = containers ] || echo TASK PID STATUS
    for name in *; do echo "$name-$(cat "$name") 100 RUNNING"; done | if [ "$3" = containers ]; then cut -d ' ' -f 1; else cat; fi
    ;;
esac
CTR
printf '#!/bin/sh\n' >"$TMPDIR/bin/kubectl"
printf '#!/bin/sh\necho "systemctl $*"\n' >"$TMPDIR/bin/systemctl"
chmod +x "$TMPDIR"/bin/*
export PATH=$TMPDIR/bin:${kubeadm%/*}:$PATH

config=$TMPDIR/created.yaml
sed "s/^kind: ClusterConfiguration/&${validity:+\ncertificateValidityPeriod: $validity}/" /etc/kubeadm/init.yaml >"$config"
kubeadm init phase certs all --config "$config" >/dev/null
kubeadm init phase kubeconfig all --config "$config" >/dev/null

# certificates: prints for how many days, rounded, each certificate is valid, and its name.
certificates() {
  kubeadm certs check-expiration --config /etc/kubeadm/init.yaml \
    --output jsonpath='{range .certificates[*]}{.expirationDate} {.name}{"\n"}{end}' |
    while read -r end name; do echo "$((($(date --date "$end" +%s) - $(date +%s) + 43200) / 86400)) $name"; done
}
# state: prints what a renewal changes.
state() {
  find /etc/kubernetes /etc/kubeadm /var/lib/kubelet -type f -exec sha256sum {} + | sort
  (cd "$TMPDIR/containers" && grep -H . ./*)
}
eval "$commands"
