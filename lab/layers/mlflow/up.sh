#!/usr/bin/env bash
# up.sh: installs a browser if there is none, and tells where the image of the MLflow server is. Nothing runs: the stack imports the image on the nodes. The
# browser opens MLflow's page in the tests.
set -euo pipefail
. "$(dirname "$0")/../../paths.sh"
if ! command -v chromium >/dev/null; then # for the test of the page
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi
echo "lab: the image of MLflow is ready: pulumi config set mlflowImage tar://$CACHE/layers/mlflow/mlflow.tar"
