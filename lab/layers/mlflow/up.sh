#!/usr/bin/env bash
# up.sh: tells where the image of the MLflow server is. Nothing runs: the stack imports the image on the nodes.
set -euo pipefail
. "$(dirname "$0")/../../paths.sh"
echo "lab: the image of MLflow is ready: pulumi config set mlflowImage tar://$CACHE/layers/mlflow/mlflow.tar"
