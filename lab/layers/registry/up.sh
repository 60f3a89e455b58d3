#!/usr/bin/env bash
# up.sh: starts a registry of images on the lab's bridge, with a certificate of a CA of its own, and makes the
# nodes trust that CA. The nodes need no restart. state/registry/ca.crt is the CA's certificate.
# REGISTRY_USER and REGISTRY_PASSWORD, if set, are what clients must send.
set -euo pipefail
. "$(dirname "$0")/../../paths.sh"
state=$CACHE/state/registry
name=$GATEWAY:$REGISTRY_PORT

"$PROJECT/lab/layers/registry/down.sh"
mkdir -p "$state/images"
cd "$state"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj '/CN=mlops-primer lab registry CA' \
  -addext 'keyUsage=critical,keyCertSign' -keyout ca.key -out ca.crt 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$GATEWAY" -keyout server.key -out server.csr 2>/dev/null
openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -out server.crt \
  -extfile <(printf 'subjectAltName=IP:%s\nextendedKeyUsage=serverAuth\n' "$GATEWAY") 2>/dev/null
rm ca.key server.csr

if [ -n "${REGISTRY_USER:-}" ]; then
  # The registry reads bcrypt only. Perl's crypt is the C library's, which knows it as "2b".
  # shellcheck disable=SC2016  # Perl's variables
  hash=$(perl -e 'my @c = ("a".."z", "0".."9"); my $s = join "", map { $c[rand @c] } 1 .. 21;
    print crypt($ENV{REGISTRY_PASSWORD}, "\$2b\$08\$${s}u")')
  (umask 077 && echo "$REGISTRY_USER:$hash" >htpasswd)
  export REGISTRY_AUTH=htpasswd REGISTRY_AUTH_HTPASSWD_REALM=lab REGISTRY_AUTH_HTPASSWD_PATH=$state/htpasswd
fi
unset REGISTRY_USER REGISTRY_PASSWORD # the registry takes variables of such names for settings
sed "s|STATE|$state|g; s|ADDRESS|$name|" "$PROJECT/lab/layers/registry/config.yaml" >config.yaml
OTEL_TRACES_EXPORTER=none setsid "$CACHE/toolchain/registry/registry" serve "$state/config.yaml" >log 2>&1 </dev/null &
echo $! >pid
curl --silent --retry 40 --retry-delay 1 --retry-all-errors --max-time 2 --cacert ca.crt -o /dev/null "https://$name/v2/" || {
  echo "lab: the registry does not answer at https://$name: its log is $state/log" >&2
  exit 1
}

cat >hosts.toml <<HOSTS
server = "https://$name"

[host."https://$name"]
  capabilities = ["pull", "resolve"]
  ca = "/etc/containerd/certs.d/$name/ca.crt"
HOSTS
for node in $(nodes); do
  # shellcheck disable=SC2029  # the name is that of this machine
  tar --create ca.crt hosts.toml | ssh -F "$PROJECT/infra-context/ssh-config" "$node" \
    "sudo mkdir -p /etc/containerd/certs.d/$name && sudo tar --extract --no-same-owner -C /etc/containerd/certs.d/$name"
done
echo "lab: the registry is up at $name; the certificate of its CA is $state/ca.crt"
