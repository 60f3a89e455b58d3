#!/usr/bin/env bash
# Installs the Debian packages that making the lab needs. Go is not among them and must be installed already.
set -euo pipefail

missing=()
for tool in vagrant:vagrant lxc-start:lxc redir:redir mmdebstrap:mmdebstrap sudo:sudo ssh:openssh-client gcc:gcc \
  python3:python3 ip:iproute2 curl:curl pgrep:procps jlink:openjdk-17-jdk-headless objcopy:binutils; do
  command -v "${tool%%:*}" >/dev/null || missing+=("${tool#*:}")
done
vagrant plugin list 2>/dev/null | grep -q '^vagrant-lxc ' || [ -d /usr/share/doc/vagrant-lxc ] || missing+=(vagrant-lxc)
python3 -m pip --version >/dev/null 2>&1 || missing+=(python3-pip)
if [ ${#missing[@]} -gt 0 ]; then
  [ "$(id -u)" = 0 ] || {
    echo "lab: packages are missing; as root: apt-get install ${missing[*]}" >&2
    exit 1
  }
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi
