#!/usr/bin/env bash
# down.sh: ends the registry, deletes its images, and makes the nodes forget it.
set -euo pipefail
. "$(dirname "$0")/../../paths.sh"
end_server "$CACHE/state/registry"
for node in $(nodes); do
  ssh -n -F "$PROJECT/infra-context/ssh-config" "$node" sudo rm -rf "/etc/containerd/certs.d/$GATEWAY:$REGISTRY_PORT"
done
