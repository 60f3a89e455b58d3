#!/usr/bin/env bash
# Runs the end-to-end tests on a lab that this script brings up, and takes that lab down at the end, also
# after a failure or a signal. E2E_REUSE=1 uses a lab that is already up, and keeps it. TESTS=RebootTest
# runs one test class. E2E_LAYERS=all makes the optional layers of the lab first, so that no class that
# needs them is skipped.
set -uo pipefail
cd "$(dirname "$0")/.." || exit

if [ -n "$(lxc-ls --running --filter '^mlops-primer-' 2>/dev/null)" ] && [ "${E2E_REUSE:-}" != 1 ]; then
  echo "e2e: a lab is up: run 'make lab-down' first, or 'E2E_REUSE=1 make e2e' to test on that lab" >&2
  exit 1
fi
rm -rf e2e/target/phases.txt e2e/target/commands.txt e2e/target/bundle
mkdir -p e2e/target
touch e2e/target/started
# Pulumi's plugins and Vagrant leave temporary files behind.
TMPDIR=$(mktemp -d)
export TMPDIR

tests= # the process group of the tests, while they run
lab=   # "yes" while a lab may be up that this script must take down
take_down() {
  [ -n "$lab" ] || return 0
  lab=
  lab/down.sh >e2e/target/down.log 2>&1 || cat e2e/target/down.log >&2
}
# shellcheck disable=SC2317  # called by the trap
end() {
  trap '' INT TERM
  if [ -n "$tests" ]; then kill -KILL -- "-$tests" 2>/dev/null; fi
  take_down
  rm -rf "$TMPDIR" e2e/target/bundle
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

began=$SECONDS
lab/make-lab.sh || exit
if [ "${E2E_LAYERS:-}" = all ]; then lab/layer.sh make || exit; fi
mmdebstrap --quiet --variant=extract --include=busybox,base-files bookworm e2e/target/busybox.tar || exit
built=$((SECONDS - began))
[ "${E2E_REUSE:-}" = 1 ] || lab=yes
# The tests get their own process group and run in the background, so that a signal ends this script at
# once, and with it every process that the tests started.
setsid mvn --batch-mode --projects e2e --also-make verify -DskipTests=false \
  -Dtest="${TESTS:-mlopsprimer.e2e.*Test}" -Dsurefire.failIfNoSpecifiedTests=false &
tests=$!
wait "$tests"
status=$?
tests=

left=
if [ -n "$lab" ]; then
  down=$SECONDS
  take_down
  printf '%7.1f s  lab down\n' "$((SECONDS - down))" >>e2e/target/phases.txt
  left=$(e2e/list-leftovers.sh)
fi
echo
printf '%7.1f s  %s\n' "$built" "lab made: tools, node image, bundle"
cat e2e/target/phases.txt
printf '%7.1f s  %s\n' "$((SECONDS - began))" "in total"
if [ -n "$left" ]; then
  printf 'e2e: the lab left these behind:\n%s\n' "$left" >&2
  exit 1
fi
grep -lE '^@(LastOfCore|IfTimeIsLeft|NeedsLayers)' e2e/src/test/java/mlopsprimer/e2e/*.java | while read -r class; do
  name=$(basename "$class" .java)
  reason=$(grep -sohm1 '<skipped message="[^"]*"' "e2e/target/surefire-reports/TEST-mlopsprimer.e2e.$name.xml" | cut -d '"' -f 2)
  if [ -n "$reason" ]; then echo "e2e: not run: $name: $reason"; fi
done
scripts/count-tests.sh e2e/target/started || status=1
exit $status
