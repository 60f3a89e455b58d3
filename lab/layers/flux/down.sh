#!/usr/bin/env bash
# down.sh: removes Flux, its resource definitions and every object of their kinds. The sources and
# Kustomizations go first, because only Flux itself can remove their finalizers.
set -euo pipefail
. "$(dirname "$0")/../../paths.sh"
[ -n "$(nodes)" ] || exit 0
if kubectl get namespace flux-system >/dev/null 2>&1; then
  kubectl --namespace flux-system delete --ignore-not-found --all --timeout=60s kustomizations.kustomize.toolkit.fluxcd.io >/dev/null
  kubectl --namespace flux-system delete --ignore-not-found --all --timeout=60s buckets.source.toolkit.fluxcd.io >/dev/null
  kubectl delete --ignore-not-found --filename "$PROJECT/lab/layers/flux/flux.yaml" >/dev/null
  kubectl delete --ignore-not-found --filename "$CACHE/toolchain/flux/crds" >/dev/null
fi
remove_image localhost/flux-source-controller:1.9.6
remove_image localhost/flux-kustomize-controller:1.9.6
