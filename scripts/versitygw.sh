#!/usr/bin/env bash
# Prints the path of versitygw, the S3 server that tests of the model store start. Its version is pinned in
# lab/toolchain/versitygw/go.mod. It is built once, with Go, which takes some minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
. lab/paths.sh

program=$CACHE/toolchain/versitygw/versitygw
key=$(key_of lab/toolchain/versitygw)
if [ "$(cat "$CACHE/toolchain/versitygw.key" 2>/dev/null)" != "$key" ] || [ ! -x "$program" ]; then
  if ! go version 2>/dev/null | grep -qE 'go1\.(2[5-9]|[3-9][0-9])'; then
    echo "versitygw: Go 1.25 or newer is needed to build it: see https://go.dev/dl" >&2
    exit 1
  fi
  echo "versitygw: building it, which takes some minutes once" >&2
  rm -f "$CACHE/toolchain/versitygw.key"
  trap 'echo "versitygw: it cannot be built: check that Go can download modules" >&2' ERR
  fill toolchain/versitygw "$key" lab/toolchain/versitygw/build-versitygw.sh >&2
fi
echo "$program"
