#!/usr/bin/env bash
# down.sh: removes kube-router, and its rules on every node, which outlive its process.
set -euo pipefail
. "$(dirname "$0")/../../paths.sh"
[ -n "$(nodes)" ] || exit 0
kubectl delete --ignore-not-found --filename "$PROJECT/lab/layers/kube-router/kube-router.yaml" >/dev/null
kubectl --namespace kube-system wait --for=delete pod --selector app.kubernetes.io/name=kube-router --timeout=60s >/dev/null
for node in $(nodes); do
  ssh -F "$PROJECT/infra-context/ssh-config" "$node" sudo bash -s localhost/kube-router:2.1.0 \
    <"$PROJECT/lab/layers/kube-router/remove-rules.sh"
done
