#!/usr/bin/env bash
# Prints the SHA-256 of the public key in this node's CA certificate. kubeadm pins a CA by this hash.
set -euo pipefail
openssl x509 -pubkey -noout -in /etc/kubernetes/pki/ca.crt | openssl pkey -pubin -outform der | sha256sum | cut -d ' ' -f 1
