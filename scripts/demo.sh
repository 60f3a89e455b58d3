#!/usr/bin/env bash
# Trains a model and serves its forecast on this machine. The variables TICKER, SOURCE and PORT choose what
# and where; ONCE=1 ends after the first answer.
set -euo pipefail
cd "$(dirname "$0")/.."

ticker=${TICKER:-SPY}
source=${SOURCE:-yahoo,sample}
port=${PORT:-8080}
work=target/demo
store=$work/models
url=http://127.0.0.1:$port

# Both apps also read these variables; the demo passes every setting as an argument.
unset TICKER SOURCE STORE S3_ENDPOINT S3_REGION S3_PATH_STYLE HOST PORT MANAGEMENT_PORT THRESHOLD CORS_ORIGIN
mkdir -p $work

echo "Training a model of $ticker. This takes about ten seconds."
java @apps/trainer/jvm.options -jar apps/trainer/target/trainer.jar \
  train --ticker "$ticker" --source "$source" --store "$store" >$work/scores.txt 2>$work/trainer.log || {
  status=$?
  grep -v event=retry $work/trainer.log >&2 || true
  exit $status
}

# Any free management port, so that two demos with different ports can run at once.
java @apps/api/jvm.options -jar apps/api/target/api.jar \
  --store "$store" --ticker "$ticker" --port "$port" --management-port 0 2>$work/api.log &
api=$!
stop() {
  kill -KILL "$api" 2>/dev/null || true # a clean stop would wait for clients, and the demo has none
  wait "$api" 2>/dev/null || true
}
trap stop EXIT
trap 'exit 0' INT TERM

# The API's log is checked before its port, since another server may answer on this port.
deadline=$((SECONDS + 60))
until grep -q event=listening $work/api.log && curl --silent --fail --output /dev/null "$url/health/ready"; do
  if ! kill -0 "$api" 2>/dev/null; then
    tail -n 1 $work/api.log >&2
    exit 1
  fi
  if [ $SECONDS -ge $deadline ]; then
    echo "the API did not answer at $url within a minute; $work/api.log has its log" >&2
    exit 1
  fi
  sleep 0.1
done

answer=$(curl --silent --show-error --fail "$url/predictionForTomorrow")
echo "$url/predictionForTomorrow answers $answer"
if [[ $source != sample && $answer == *'"dataSource":"sample"'* ]]; then
  echo "${source%%,*} could not be reached, so the model was trained on synthetic prices; $work/trainer.log has the reason."
fi
echo
cat $work/scores.txt
cat <<TEXT

confidence is the probability of UP. More to look at:
  curl '$url/predictionForTomorrow?threshold=0.6'
  curl $url/models/$(printf %s "$ticker" | sed 's/\^/%5E/g; s/=/%3D/g')     where the model comes from
  curl $url/openapi.json     every path and parameter
  curl $url/metrics
  $store      versions, champion and forecasts, as files
TEXT

if [ -z "${ONCE:-}" ]; then
  echo
  echo "Serving on $url until Ctrl-C."
  wait "$api"
fi
