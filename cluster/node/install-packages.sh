#!/usr/bin/env bash
# Installs containerd, the CNI plugins, kubeadm, kubelet and kubectl on this node: from the bundle, or from
# the apt repositories of Kubernetes and containerd.
set -euo pipefail

from_bundle() {
  local missing=() deb program
  for deb in "$BUNDLE"/packages/*.deb; do
    [ -e "$deb" ] || continue
    # shellcheck disable=SC2016  # dpkg-query expands these variables
    [ "$(dpkg-query -W -f '${db:Status-Status} ${Version}' "$(dpkg-deb -f "$deb" Package)" 2>/dev/null)" = \
      "installed $(dpkg-deb -f "$deb" Version)" ] || missing+=("$deb")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    DEBIAN_FRONTEND=noninteractive dpkg --force-confold --force-unsafe-io --install "${missing[@]}" >/dev/null
  fi
  for program in "$BUNDLE"/bin/*; do
    [ -e "$program" ] || continue
    cmp --silent "$program" "/usr/bin/${program##*/}" || install -m 755 "$program" /usr/bin/
  done
}

# repository NAME URL FINGERPRINT SUITE COMPONENT…
repository() {
  local name=$1 url=$2 fingerprint=$3 keyring=/etc/apt/keyrings/$1.gpg keys
  shift 3
  if [ ! -e "$keyring" ]; then
    mkdir -p /etc/apt/keyrings
    curl -fsSL --retry 5 "$url" | gpg --batch --yes --dearmor -o "$keyring.new"
    # apt trusts every key of the keyring, so there must be only the expected one.
    keys=$(gpg --batch --show-keys --with-colons "$keyring.new" | awk -F : '$1 == "fpr" && primary { print $10 } { primary = $1 == "pub" }')
    [ "$keys" = "$fingerprint" ] || {
      echo "$url holds the keys ${keys//$'\n'/, }, but only $fingerprint is expected: nothing was installed; see cluster/versions.properties" >&2
      exit 1
    }
    mv "$keyring.new" "$keyring"
  fi
  echo "deb [signed-by=$keyring] $*" >"/etc/apt/sources.list.d/$name.list"
}

from_the_internet() {
  local kubernetes
  kubernetes=https://pkgs.k8s.io/core:/stable:/v${KUBERNETES_VERSION%.*}/deb
  local states
  # The states of all packages count, since apt may have been interrupted.
  # shellcheck disable=SC2016  # dpkg-query expands this variable
  states=$(dpkg-query --show --showformat '${db:Status-Status}\n' containerd.io kubelet kubeadm kubectl \
    conntrack ethtool iptables socat 2>&1 || true)
  if kubelet --version 2>/dev/null | grep -qxF "Kubernetes v$KUBERNETES_VERSION" && ! grep -qvx installed <<<"$states"; then
    return
  fi
  export DEBIAN_FRONTEND=noninteractive
  dpkg --force-confold --configure -a
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends ca-certificates curl gnupg
  # shellcheck source=/dev/null
  . /etc/os-release
  repository kubernetes "$kubernetes/Release.key" "$KUBERNETES_APT_KEY" "$kubernetes/" /
  repository containerd "https://download.docker.com/linux/$ID/gpg" "$CONTAINERD_APT_KEY" \
    "https://download.docker.com/linux/$ID" "$VERSION_CODENAME" stable
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends --allow-change-held-packages -o Dpkg::Options::=--force-confold \
    "containerd.io=$CONTAINERD_VERSION~$ID.$VERSION_ID~$VERSION_CODENAME" \
    "kubelet=$KUBERNETES_VERSION-*" "kubeadm=$KUBERNETES_VERSION-*" "kubectl=$KUBERNETES_VERSION-*" \
    conntrack ethtool iptables socat
  apt-mark -qq hold containerd.io kubelet kubeadm kubectl
}

if [ -n "${BUNDLE:-}" ]; then from_bundle; else from_the_internet; fi

# containerd looks for the CNI plugins in /opt/cni/bin. Kubernetes' package puts them there, Debian's does not.
if [ ! -e /opt/cni/bin ]; then
  mkdir -p /opt/cni
  ln -s /usr/lib/cni /opt/cni/bin
fi
