#!/usr/bin/env bash
# build-pause.sh OUT: builds the program of the pause container into OUT.
set -euo pipefail
gcc -static -Os -s -o "$1/pause" "$(dirname "$0")/pause.c"
