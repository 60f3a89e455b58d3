#!/usr/bin/env bash
# write-checksums.sh DIRECTORY: writes DIRECTORY/manifest.sha256, the SHA-256 of every file below
# DIRECTORY. The subdirectory offline/ is left out: no node reads it, and it has its own manifest.
set -euo pipefail
. "$(dirname "$0")/checksums.sh"
cd "$1"
find . -path ./offline -prune -o -type f ! -name "manifest.sha256*" -print0 | LC_ALL=C sort -z | sums >manifest.sha256.new
mv manifest.sha256.new manifest.sha256
