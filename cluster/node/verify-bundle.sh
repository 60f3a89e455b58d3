#!/usr/bin/env bash
# Refuses a bundle in which any file differs from the manifest, is missing, or is not listed.
set -euo pipefail
. "$(dirname "$0")/../checksums.sh"

fail() {
  echo "bundle $BUNDLE: $1; nothing was installed from it: copy it again, or make a new one with 'make bundle'" >&2
  exit 1
}
cd "$BUNDLE" 2>/dev/null || fail "no such directory"
[ -f manifest.sha256 ] || fail "no manifest.sha256"
damage=$(damage)
[ -z "$damage" ] || fail "$damage"
unlisted=$(comm -13 <(cut -c67- manifest.sha256 | LC_ALL=C sort) <(find . -path ./offline -prune -o ! -type d ! -path ./manifest.sha256 -print | LC_ALL=C sort))
[ -z "$unlisted" ] || fail "not in the manifest: $(head -n 3 <<<"$unlisted" | paste -s -d ' ' -)"
