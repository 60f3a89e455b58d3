#!/usr/bin/env bash
# up.sh: starts versitygw, an S3 server, on the lab's bridge, outside the cluster, and makes a bucket.
# It speaks plain http, because nothing but the nodes and this machine is on the bridge.
# state/s3/credentials has the endpoint, the bucket, and two pairs of keys. The writer owns the bucket; the
# reader can only list and read it.
set -euo pipefail
. "$(dirname "$0")/../../paths.sh"
program=$CACHE/toolchain/versitygw/versitygw
state=$CACHE/state/s3

"$PROJECT/lab/layers/s3/down.sh"
mkdir -p "$CACHE/state"
mkdir -m 700 "$state"
mkdir "$state"/{data,iam}
key() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }
(
  umask 077
  cat >"$state/credentials" <<KEYS
S3_ENDPOINT=http://$GATEWAY:$S3_PORT
S3_BUCKET=mlops-primer
S3_ACCESS_KEY=writer-$(key)
S3_SECRET_KEY=$(key)
S3_READER_ACCESS_KEY=reader-$(key)
S3_READER_SECRET_KEY=$(key)
KEYS
)
. "$state/credentials"

export ROOT_ACCESS_KEY=root ROOT_SECRET_KEY
ROOT_SECRET_KEY=$(key)
setsid "$program" --port "$GATEWAY:$S3_PORT" --health /health --quiet --access-log "$state/access.log" \
  --iam-dir "$state/iam" posix "$state/data" >"$state/log" 2>&1 </dev/null &
echo $! >"$state/pid"
curl --silent --fail --retry 40 --retry-delay 1 --retry-all-errors --max-time 2 -o /dev/null "$S3_ENDPOINT/health" || {
  echo "lab: versitygw does not answer at $S3_ENDPOINT: its log is $state/log" >&2
  exit 1
}

export ADMIN_ACCESS_KEY=$ROOT_ACCESS_KEY ADMIN_SECRET_KEY=$ROOT_SECRET_KEY ADMIN_ENDPOINT_URL=$S3_ENDPOINT
"$program" admin create-user --access "$S3_ACCESS_KEY" --secret "$S3_SECRET_KEY" --role user >/dev/null
"$program" admin create-user --access "$S3_READER_ACCESS_KEY" --secret "$S3_READER_SECRET_KEY" --role user >/dev/null
"$program" admin create-bucket --owner "$S3_ACCESS_KEY" --bucket "$S3_BUCKET" >/dev/null
# A bucket with a policy allows only what the policy names, to its owner too.
sed "s/WRITER/$S3_ACCESS_KEY/; s/READER/$S3_READER_ACCESS_KEY/; s/BUCKET/$S3_BUCKET/g" \
  "$PROJECT/lab/layers/s3/policy.json" |
  "$PROJECT/lab/layers/s3/request.sh" PUT "/$S3_BUCKET?policy=" -
echo "lab: the S3 server is up at $S3_ENDPOINT; its keys are in $state/credentials"
