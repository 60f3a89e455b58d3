#!/usr/bin/env bash
# up.sh: starts metrics-server, and waits until the API server has the first measurements from it.
set -euo pipefail
. "$(dirname "$0")/../../paths.sh"
import_image "$CACHE/layers/metrics-server/metrics-server.tar"
kubectl apply --filename "$PROJECT/lab/layers/metrics-server/metrics-server.yaml" >/dev/null
kubectl --namespace kube-system rollout status deployment/metrics-server --timeout=120s >/dev/null
for _ in $(seq 60); do
  if kubectl top nodes >/dev/null 2>&1; then
    echo "lab: metrics-server measures nodes and pods"
    exit
  fi
  sleep 1
done
echo "lab: metrics-server has no measurements: see kubectl -n kube-system logs deployment/metrics-server" >&2
exit 1
