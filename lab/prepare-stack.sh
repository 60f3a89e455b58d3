#!/usr/bin/env bash
# Prepares the lab for `pulumi up`: starts a server on this machine that answers in place of Yahoo, and
# creates a stack named "lab" whose settings use that server.
set -euo pipefail
. "$(dirname "$0")/paths.sh"
eval "$("$PROJECT/lab/env.sh")"
cd "$PROJECT"

prices=$(scripts/real-prices.sh)
mkdir -p "$CACHE/chart" "$PULUMI_HOME"
if ! curl -s -o /dev/null "http://$GATEWAY:$CHART_PORT/"; then
  cp lab/chart-server.py "$CHART_SERVER"
  setsid python3 "$CHART_SERVER" "$GATEWAY" "$CHART_PORT" "$prices" "$CACHE/chart/control" \
    >"$CACHE/chart/log" 2>&1 </dev/null &
fi

[ -e Pulumi.lab.yaml ] || cat >Pulumi.lab.yaml <<STACK
config:
  mlops-primer:ticker: ^GSPC
  mlops-primer:yahooBaseUrl: http://$GATEWAY:$CHART_PORT
  mlops-primer:allowStale: true
  mlops-primer:baseImage: tar://$CACHE/base/base.tar
STACK
pulumi stack select --create lab
