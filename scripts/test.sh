#!/usr/bin/env bash
# Runs every test that needs no cluster, and prints how many passed. Tests on real prices are skipped if the
# prices cannot be downloaded, tests on S3 if versitygw cannot be built, and tests on MLflow if it cannot be
# installed; if CI is set, that is an error.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
scripts/check-tools.sh java mvn curl pip || exit

if prices=$(scripts/real-prices.sh); then
  export REAL_PRICES="$prices"
elif [ -n "${CI:-}" ]; then
  exit 1
else
  echo "tests on real prices are skipped" >&2
fi
if server=$(scripts/versitygw.sh); then
  export VERSITYGW="$server"
elif [ -n "${CI:-}" ]; then
  exit 1
else
  export VERSITYGW=none
  echo "tests on S3 are skipped" >&2
fi

if python=$(scripts/mlflow.sh); then
  export MLFLOW_PYTHON="$python"
elif [ -n "${CI:-}" ]; then
  exit 1
else
  export MLFLOW_PYTHON=none
  echo "tests on MLflow are skipped" >&2
fi

mkdir -p target
touch target/test-started
mvn --batch-mode verify -Dmaven.compiler.failOnWarning=true
status=$?

scripts/count-tests.sh target/test-started || status=1
exit $status
