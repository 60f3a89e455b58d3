# Where the lab keeps things; sourced, not run. Everything is outside the checkout, and all of it
# may be deleted while no lab is up.
# shellcheck shell=bash disable=SC2034  # used by those who source it
PROJECT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/mlops-primer/lab
BOX=mlops-primer/lab
BRIDGE=mlops-primer
GATEWAY=192.168.56.1
CHART_PORT=8077
CHART_SERVER=$CACHE/chart/chart-server
export VAGRANT_HOME=$CACHE/vagrant

# containers [--running]: the lab's, whoever made them.
containers() {
  lxc-ls -1 "$@" --filter "^$BRIDGE-" 2>/dev/null || true
}

# rival: the other checkout whose lab is up, if one is: there can be one on a machine.
rival() {
  local owner
  owner=$(cat "$CACHE/owner" 2>/dev/null || true)
  if [ "$owner" != "$PROJECT" ] && [ -x "$owner/lab/down" ] && [ -n "$(containers --running)" ]; then echo "$owner"; fi
}

# key_of PATH…: twelve digits that stand for the contents of files and directories, whatever their dates.
key_of() {
  (cd "$PROJECT" && find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum) | sha256sum | cut -c1-12
}

# fill NAME KEY COMMAND…: makes CACHE/NAME a directory that COMMAND filled, once for each KEY.
# COMMAND gets a new directory as its last argument; what it leaves there counts only if it succeeds.
fill() {
  local home=$CACHE/$1 key=$2
  shift 2
  if [ "$(cat "$home.key" 2>/dev/null)" != "$key" ] || [ ! -d "$home" ]; then
    echo "lab: making ${home##*/}" >&2
    rm -rf "$home.key" "$home" "$home.part"
    mkdir -p "$home.part"
    "$@" "$home.part"
    mv "$home.part" "$home"
    echo "$key" >"$home.key"
  fi
}
