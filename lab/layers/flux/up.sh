#!/usr/bin/env bash
# up.sh: starts Flux's source-controller and kustomize-controller in the namespace flux-system.
set -euo pipefail
. "$(dirname "$0")/../../paths.sh"
import_image "$CACHE/layers/flux/source-controller.tar"
import_image "$CACHE/layers/flux/kustomize-controller.tar"
kubectl apply --server-side --filename "$CACHE/toolchain/flux/crds" >/dev/null
kubectl apply --filename "$PROJECT/lab/layers/flux/flux.yaml" >/dev/null
for controller in source-controller kustomize-controller; do
  kubectl --namespace flux-system rollout status "deployment/$controller" --timeout=120s >/dev/null
done
echo "lab: Flux reconciles the objects of kind Kustomization"
