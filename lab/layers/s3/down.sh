#!/usr/bin/env bash
# down.sh: ends the S3 server and deletes everything that it has stored.
set -euo pipefail
. "$(dirname "$0")/../../paths.sh"
end_server "$CACHE/state/s3"
