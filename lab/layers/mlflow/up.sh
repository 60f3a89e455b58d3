#!/usr/bin/env bash
# up.sh: installs a browser if there is none, for the test of MLflow's page, and tells where the image of the
# server is. Nothing runs: a stack imports the image on the nodes.
set -euo pipefail
. "$(dirname "$0")/../../paths.sh"
if ! command -v chromium >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi
echo "lab: the image of MLflow is ready: pulumi config set mlflowImage tar://$CACHE/layers/mlflow/mlflow.tar"
