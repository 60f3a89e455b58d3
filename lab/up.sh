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

# An earlier lab is taken down first in two cases. Either another checkout made it; down.sh fails if
# that lab is still running. Or an earlier run was killed half-way; its containers are unknown to
# Vagrant, or Vagrant believes that they are provisioned.
owner=$(cat "$CACHE/owner" 2>/dev/null || true)
if [ -n "$owner" ] && { [ "$owner" != "$PROJECT" ] || [ ! -e "$CACHE/up" ]; }; then "$PROJECT/lab/down.sh"; fi
echo "$PROJECT" >"$CACHE/owner"

"$PROJECT/lab/network.sh" up
rm -f "$CACHE/up"
vagrant up
touch "$CACHE/up"
"$PROJECT/lab/prepare-stack.sh"
