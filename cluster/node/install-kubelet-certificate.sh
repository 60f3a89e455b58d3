#!/usr/bin/env bash
# Installs the client certificate and the key that ./issue-kubelet-certificate.sh printed, read from
# standard input, where the kubelet keeps those that it renewed itself, and restarts the kubelet.
set -euo pipefail
umask 077
pki=/var/lib/kubelet/pki
file=$pki/kubelet-client-$(date +%F-%H-%M-%S).pem

cat >"$file"
if ! openssl x509 -noout -checkend 0 -in "$file" >/dev/null || ! openssl pkey -noout -in "$file"; then
  rm "$file"
  echo "$(hostname) received no certificate for its kubelet: see the error above" >&2
  exit 1
fi
ln --symbolic --force "$file" $pki/kubelet-client-new.pem
mv --no-target-directory $pki/kubelet-client-new.pem $pki/kubelet-client-current.pem
systemctl restart kubelet
echo "the client certificate of the kubelet on $(hostname) had ended, and was renewed"
