#!/usr/bin/env bash
# build-node-image.sh OUT: writes to OUT the lab's node as a Vagrant box for vagrant-lxc (a plain Debian
# with systemd and sshd, like a box for virtual machines), and the Debian packages for the node bundle.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=$1
trap 'rm -rf "$out/rootfs"' EXIT

base=systemd,systemd-sysv,dbus,udev,openssh-server,sudo,iproute2,ca-certificates,curl,procps,kmod,netbase
bundled='containerd runc containernetworking-plugins conntrack socat ethtool iptables nftables'

mkdir "$out/packages"
# shellcheck disable=SC2016  # the hooks expand $1, the directory of the new system
mmdebstrap --quiet --variant=minbase --include="$base" \
  --customize-hook='rm -f "$1"/var/cache/apt/archives/*.deb' \
  --customize-hook="APT_CONFIG=\$MMDEBSTRAP_APT_CONFIG apt-get install --yes -qq --download-only --no-install-recommends $bundled" \
  --customize-hook="cp \"\$1\"/var/cache/apt/archives/*.deb '$out/packages/'" \
  --customize-hook="copy-in '$here/files/etc' '$here/files/usr' /" \
  --customize-hook='chroot "$1" useradd --create-home --shell /bin/bash vagrant' \
  --customize-hook='echo "vagrant ALL=(ALL) NOPASSWD: ALL" >"$1/etc/sudoers.d/vagrant"' \
  --customize-hook="install -D -m 600 '$(dpkg -L vagrant | grep /vagrant.pub)' \"\$1/home/vagrant/.ssh/authorized_keys\"" \
  --customize-hook='chroot "$1" chown -R vagrant: /home/vagrant/.ssh' \
  --customize-hook='chroot "$1" systemctl --quiet enable cgroup-v1 systemd-networkd && chroot "$1" systemctl --quiet mask systemd-networkd-wait-online' \
  --customize-hook='rm -f "$1"/etc/hostname "$1"/etc/ssh/ssh_host_* "$1"/etc/apt/sources.list "$1"/etc/apt/sources.list.d/*' \
  bookworm "$out/rootfs"

tar --create --numeric-owner --directory "$out" rootfs | gzip -1 >"$out/rootfs.tar.gz"
cp "$here/metadata.json" "$here/lxc-config" "$out/"
tar --create --file "$out/lab.box" --directory "$out" metadata.json lxc-config rootfs.tar.gz
rm "$out"/{metadata.json,lxc-config,rootfs.tar.gz}
