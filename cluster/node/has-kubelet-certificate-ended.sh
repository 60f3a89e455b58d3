#!/usr/bin/env bash
# Succeeds if the client certificate of this node's kubelet has ended. A kubelet renews its certificate
# itself, but not while its node is off.
set -euo pipefail
certificate=/var/lib/kubelet/pki/kubelet-client-current.pem
[ -e $certificate ] && ! openssl x509 -noout -checkend 0 -in $certificate >/dev/null
