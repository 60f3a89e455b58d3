#!/usr/bin/env bash
# count-tests.sh FILE: prints, in one line, the results of the tests that ran since FILE was last modified,
# and fails if no test ran.
set -euo pipefail
cd "$(dirname "$0")/.."

# Surefire's reports contain: <testsuite … tests="5" errors="0" skipped="0" failures="0">
find . -path '*/target/surefire-reports/TEST-*.xml' -newer "$1" -exec grep -h '<testsuite ' {} + |
  awk '
    function number(name) { return match($0, " " name "=\"[0-9]+") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3) : 0 }
    { tests += number("tests"); failed += number("errors") + number("failures"); skipped += number("skipped") }
    END {
      printf "%d passed, %d failed, %d skipped\n", tests - failed - skipped, failed, skipped
      exit tests == 0
    }'
