#!/usr/bin/env bash
# Prints the path of a directory with real daily prices of the S&P 500 and the Nasdaq Composite, 1999 to
# 2018 (sp500.csv.gz, nasdaq.csv.gz). The prices are part of the Python package arch and are downloaded once.
set -euo pipefail

version=8.0.0
cache="${XDG_CACHE_HOME:-$HOME/.cache}/mlops-primer/prices-$version"
sums="1e028cbb9c400cc018c816ccc439b33c919387e726c3ed5ca2c05c82746059de  sp500.csv.gz
b2009535343ebb14e0aa11ed086788d2997a416ffe4f9450eed9a561ae30ac59  nasdaq.csv.gz"

check() { (cd "$1" && { sha256sum --check --quiet <<<"$sums" || shasum -a 256 -c <<<"$sums"; }) >/dev/null 2>&1; }

if ! check "$cache"; then
  mkdir -p "$(dirname "$cache")"
  fresh=$(mktemp -d "$cache.XXXXXX")
  trap 'rm -rf "$fresh"' EXIT
  if ! python3 -m pip download --quiet --no-deps --dest "$fresh" "arch==$version" >&2; then
    echo "real prices: cannot download the Python package arch $version: check the network, and that python3 has pip" >&2
    exit 1
  fi
  python3 - "$fresh" <<'PY'
import glob, os, sys, zipfile
fresh = sys.argv[1]
with zipfile.ZipFile(glob.glob(fresh + "/arch-*.whl")[0]) as wheel:
    for name in ("sp500", "nasdaq"):
        with open(os.path.join(fresh, name + ".csv.gz"), "wb") as out:
            out.write(wheel.read(f"arch/data/{name}/{name}.csv.gz"))
PY
  rm "$fresh"/arch-*.whl
  if ! check "$fresh"; then
    echo "real prices: the files of arch $version do not have the expected SHA-256 sums, so they were deleted: run this script again, or check which package index pip uses" >&2
    exit 1
  fi
  rm -rf "$cache"
  mv "$fresh" "$cache"
fi
echo "$cache"
