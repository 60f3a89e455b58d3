#!/usr/bin/env bash
# up.sh: starts kube-router's firewall on every node. When it is ready, the network policies are enforced.
set -euo pipefail
. "$(dirname "$0")/../../paths.sh"
import_image "$CACHE/layers/kube-router/kube-router.tar"
kubectl apply --filename "$PROJECT/lab/layers/kube-router/kube-router.yaml" >/dev/null
kubectl --namespace kube-system rollout status daemonset/kube-router --timeout=120s >/dev/null
echo "lab: kube-router enforces the network policies"
