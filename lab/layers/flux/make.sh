#!/usr/bin/env bash
# make.sh OUT: makes the images of Flux's two controllers.
set -euo pipefail
. "$(dirname "$0")/../../paths.sh"
for program in source-controller kustomize-controller; do
  "$PROJECT/lab/image-archive.py" "$1/$program.tar" "localhost/flux-$program:1.9.6" "$program" \
    "$CACHE/toolchain/flux/$program=/usr/local/bin/$program"
done
