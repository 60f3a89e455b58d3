#!/usr/bin/env bash
# Brings the lab up: makes what has changed, starts the nodes, prepares the stack. It also recovers from
# an earlier run that was interrupted.
set -euo pipefail
. "$(dirname "$0")/paths.sh"

# Only one run at a time. The processes that it starts must not inherit the lock, because the chart
# server outlives this script.
if [ -z "${LAB_LOCKED:-}" ]; then
  mkdir -p "$CACHE"
  flock --nonblock "$CACHE/lock" true || echo "lab: another lab-up is running: waiting for it" >&2
  LAB_LOCKED=yes exec flock --close "$CACHE/lock" "$0"
fi
"$PROJECT/lab/make-lab.sh"
eval "$("$PROJECT/lab/env.sh")"
cd "$PROJECT"

# down.sh takes an earlier lab down in two cases. In the first case, another checkout made that lab; down.sh
# fails if it is still running. In the second case, an earlier run of this script was killed; Vagrant does
# not know its containers, or believes that they are provisioned.
owner=$(cat "$CACHE/owner" 2>/dev/null || true)
if [ -n "$owner" ] && { [ "$owner" != "$PROJECT" ] || [ ! -e "$CACHE/up" ]; }; then "$PROJECT/lab/down.sh"; fi
echo "$PROJECT" >"$CACHE/owner"

"$PROJECT/lab/network.sh" up
rm -f "$CACHE/up"
vagrant up
touch "$CACHE/up"
"$PROJECT/lab/prepare-stack.sh"
