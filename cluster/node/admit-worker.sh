#!/usr/bin/env bash
# Runs on the control plane. `admit-worker.sh --ca` waits for the API server and prints the hash of the
# CA's public key. `admit-worker.sh` prints that hash and a token that one worker can join with for five
# minutes. The output goes to the worker's ./join-cluster.sh through a pipe, so that it is in no file, no
# argument and no log.
set -euo pipefail
cd "$(dirname "$0")"

./await-api-server.sh
./print-ca-hash.sh
if [ "${1:-}" != --ca ]; then
  kubeadm token create --ttl 5m --description "for a worker to join with"
fi
