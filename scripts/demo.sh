#!/usr/bin/env bash
# Trains a model and serves it on this machine: TICKER, SOURCE, PORT and ONCE=1 may be set.
set -euo pipefail
cd "$(dirname "$0")/.."

ticker=${TICKER:-SPY}
port=${PORT:-8080}
store=target/demo/models
log=target/demo/api.log
url=http://127.0.0.1:$port

# The variables are the apps' settings too; here every setting is said.
unset TICKER STORE HOST PORT THRESHOLD
mkdir -p target/demo

java @apps/trainer/jvm.options -jar apps/trainer/target/trainer.jar \
  train --ticker "$ticker" --source "${SOURCE:-yahoo,sample}" --store "$store"

java @apps/api/jvm.options -jar apps/api/target/api.jar \
  --store "$store" --ticker "$ticker" --port "$port" 2>"$log" &
api=$!
stop() {
  kill -KILL "$api" 2>/dev/null || true # it would wait for clients to leave; here are none
  wait "$api" 2>/dev/null || true
}
trap stop EXIT
trap 'exit 0' INT TERM

# Its own word first: another server may answer on this port.
until grep -q event=listening "$log" && curl --silent --fail --output /dev/null "$url/health/ready"; do
  if ! kill -0 "$api" 2>/dev/null; then
    tail -n 1 "$log" >&2
    exit 1
  fi
  sleep 0.1
done

echo
curl --silent --show-error --fail "$url/predictionForTomorrow"
echo
cat <<TEXT

confidence is the probability of UP. Look further:
  curl '$url/predictionForTomorrow?threshold=0.6'
  curl $url/models/$(printf %s "$ticker" | sed 's/\^/%5E/g; s/=/%3D/g')     where the model comes from
  curl $url/metrics
  $store      versions, champion and forecasts, as files
TEXT

if [ -z "${ONCE:-}" ]; then
  echo
  echo "Serving on $url until Ctrl-C."
  wait "$api"
fi
