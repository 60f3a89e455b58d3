#!/usr/bin/env bash
# network.sh up|down: makes or removes the lab's network: a bridge between the nodes and this machine,
# without a route to other networks. It also forwards 127.0.0.1:6443 to the API server, because
# vagrant-lxc 1.4.3 cannot forward ports on Ruby 3.
set -euo pipefail
. "$(dirname "$0")/paths.sh"

api=${GATEWAY%.*}.10
port=${API_PORT:-6443}
forwarding="^redir 127.0.0.1.[0-9]+ $api.6443\$"

forward() {
  # redir does not report a port that is taken.
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    echo "lab: 127.0.0.1:$port is taken: stop the program that listens there, or choose another port: export API_PORT=16443" >&2
    exit 1
  fi
  pkill -f "$forwarding" || true # an earlier forwarding from another port
  redir "127.0.0.1:$port" "$api:6443"
}

case $1 in
  up)
    ip link show "$BRIDGE" >/dev/null 2>&1 || ip link add "$BRIDGE" type bridge
    ip address replace "$GATEWAY/24" dev "$BRIDGE"
    ip link set "$BRIDGE" up
    pgrep -f "^redir 127.0.0.1.$port $api.6443\$" >/dev/null || forward
    ;;
  down)
    pkill -f "$forwarding" || true
    if ip link show "$BRIDGE" >/dev/null 2>&1; then ip link delete "$BRIDGE"; fi
    ;;
esac
