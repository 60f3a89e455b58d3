#!/usr/bin/env bash
# request.sh METHOD /BUCKET/KEY[?QUERY] [FILE]: sends a request with the writer's keys to the S3 server of the
# lab, and prints its answer. QUERY is percent-encoded and sorted. FILE is the body; "-" is the standard input.
# AS=READER uses the reader's keys. A status of 400 and more is an error.
set -euo pipefail
. "$(dirname "$0")/../../paths.sh"
# shellcheck source=/dev/null
. "$CACHE/state/s3/credentials"
if [ "${AS:-WRITER}" = READER ]; then S3_ACCESS_KEY=$S3_READER_ACCESS_KEY S3_SECRET_KEY=$S3_READER_SECRET_KEY; fi

body=()
if [ -n "${3:-}" ]; then body=(--data-binary "@$3" --header "Content-Type: application/octet-stream"); fi
# The keys go through a file that only this process can read, so that no list of processes shows them.
curl --silent --show-error --fail-with-body --max-time 30 --request "$1" "${body[@]}" \
  --config <(printf 'user = "%s:%s"\n' "$S3_ACCESS_KEY" "$S3_SECRET_KEY") \
  --aws-sigv4 aws:amz:us-east-1:s3 --header "x-amz-content-sha256: UNSIGNED-PAYLOAD" "$S3_ENDPOINT$2"
