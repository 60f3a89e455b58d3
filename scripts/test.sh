#!/usr/bin/env bash
# Runs every test that needs no cluster, and prints how many passed. Tests on real prices are skipped if the
# prices cannot be downloaded, tests on S3 if versitygw cannot be built, and tests on MLflow if it cannot be
# installed; if CI is set, that is an error.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
scripts/check-tools.sh java mvn curl pip || exit

# provide VARIABLE SCRIPT TESTS [VALUE]: exports the path that a script prints. If it fails, TESTS are skipped,
# and the variable is VALUE or not set. If CI is set, that is an error.
provide() {
  local path
  if path=$("$2"); then
    export "$1=$path"
  elif [ -n "${CI:-}" ]; then
    exit 1
  else
    if [ -n "${4:-}" ]; then export "$1=$4"; fi
    echo "$3 are skipped" >&2
  fi
}

provide REAL_PRICES scripts/real-prices.sh "tests on real prices"
provide VERSITYGW scripts/versitygw.sh "tests on S3" none
provide MLFLOW_PYTHON scripts/mlflow.sh "tests on MLflow" none

mkdir -p target
touch target/test-started
mvn --batch-mode verify -Dmaven.compiler.failOnWarning=true
status=$?

scripts/count-tests.sh target/test-started || status=1
exit $status
