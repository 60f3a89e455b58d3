#!/usr/bin/env bash
# Prints when this node's kubelet was started, in the format of Kubernetes and by this node's clock.
set -euo pipefail
since=$(systemctl show --property ActiveEnterTimestamp --value --timestamp=utc kubelet)
[ -n "$since" ] || {
  echo "the kubelet on $(hostname) is not running: look at 'journalctl -u kubelet' there" >&2
  exit 1
}
date --utc --date "$since" +%FT%TZ
