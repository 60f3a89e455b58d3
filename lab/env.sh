#!/usr/bin/env bash
# Prints the settings that a shell needs to work with the lab: eval "$(lab/env.sh)"
set -euo pipefail
. "$(dirname "$0")/paths.sh"

toolchain=$CACHE/toolchain
cat <<EXPORTS
export PATH='$toolchain/kubernetes:$toolchain/pulumi:$toolchain/kubernetes-provider:$toolchain/checks:$toolchain/kube-bench':"\$PATH"
export KUBECONFIG='$PROJECT/infra-context/admin.conf' KUBECACHEDIR='$CACHE/state/kubectl'
export VAGRANT_HOME='$VAGRANT_HOME' VAGRANT_DEFAULT_PROVIDER=lxc VAGRANT_CHECKPOINT_DISABLE=1 VAGRANT_BOX_UPDATE_CHECK_DISABLE=1
export BOX='$BOX' BUNDLE='$CACHE/bundle' OVERLAY='$PROJECT/lab/overlay'
export PULUMI_HOME='$CACHE/pulumi' PULUMI_BACKEND_URL='file://$CACHE/pulumi' PULUMI_SKIP_UPDATE_CHECK=true
# The lab's stack holds no secret but the keys of the lab's own S3 server.
export PULUMI_CONFIG_PASSPHRASE=
EXPORTS
