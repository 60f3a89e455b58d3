#!/usr/bin/env bash
# Makes everything that the lab needs: tools, node image, node bundle, base image of the apps. A later run
# makes only the parts whose sources have changed.
set -euo pipefail
. "$(dirname "$0")/paths.sh"

add_box() {
  vagrant box add --force --name "$BOX" "$CACHE/image/lab.box" >&2
}

"$PROJECT/lab/install-packages.sh"
"$PROJECT/lab/toolchain/build-toolchain.sh"
"$PROJECT/scripts/real-prices.sh" >/dev/null
image=$(key_of lab/node-image)
fill image "$image" "$PROJECT/lab/node-image/build-node-image.sh"
fill box "$image" add_box
fill bundle \
  "$(key_of lab/toolchain/{pause,etcd,coredns,kubernetes} lab/node-image lab/image-archive.py lab/make-node-bundle.sh cluster/write-checksums.sh cluster/checksums.sh)" \
  "$PROJECT/lab/make-node-bundle.sh"
fill base "$(key_of lab/make-base-image.sh lab/image-archive.py)" "$PROJECT/lab/make-base-image.sh"
