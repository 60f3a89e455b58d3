#!/usr/bin/env bash
# Prints the settings that a shell needs to run pulumi without a network: eval "$(bundle/offline/env.sh)"
# The output is empty and the exit code is 1 if a file of the kit is damaged.
cd "$(dirname "$0")" || exit
. ./checksums.sh
damage=$(damage)
[ -z "$damage" ] || {
  printf '%s is damaged: %s; copy it again, or make a new one with "make bundle"\n' "$PWD" "$damage" >&2
  exit 1
}
echo "export PATH='$PWD/bin':\"\$PATH\" PULUMI_SKIP_UPDATE_CHECK=true"
