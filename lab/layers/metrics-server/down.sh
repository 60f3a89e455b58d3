#!/usr/bin/env bash
# down.sh: removes metrics-server.
set -euo pipefail
. "$(dirname "$0")/../../paths.sh"
[ -n "$(nodes)" ] || exit 0
kubectl delete --ignore-not-found --filename "$PROJECT/lab/layers/metrics-server/metrics-server.yaml" >/dev/null
remove_image localhost/metrics-server:0.9.0
