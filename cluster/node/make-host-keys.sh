#!/usr/bin/env bash
# Replaces this node's SSH host keys by its own, once. The keys that came with a box are known to everybody
# who has the box.
set -euo pipefail
done=/etc/ssh/own-host-keys

if [ ! -e $done ]; then
  fresh=$(mktemp -d /etc/ssh/fresh.XXXXXX)
  trap 'rm -rf "$fresh"' EXIT
  mkdir -p "$fresh/etc/ssh"
  ssh-keygen -A -f "$fresh" >/dev/null
  mv "$fresh"/etc/ssh/ssh_host_* /etc/ssh/
  systemctl reload ssh # keeps open connections, such as Vagrant's
  touch $done
fi
