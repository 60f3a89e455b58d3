# The lab's places, names and cache. Other scripts source this file. Everything lies outside the
# checkout and may be deleted while no lab is up.
# shellcheck shell=bash disable=SC2034  # the scripts that source this file use the variables
PROJECT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/mlops-primer/lab
BOX=mlops-primer/lab
BRIDGE=mlops-primer
GATEWAY=192.168.56.1
CHART_PORT=8077
S3_PORT=7070
REGISTRY_PORT=5443
CHART_SERVER=$CACHE/chart/chart-server.py
export VAGRANT_HOME=$CACHE/vagrant

# containers [--running]: prints the names of the lab's containers, whichever checkout made them.
containers() {
  lxc-ls -1 "$@" --filter "^$BRIDGE-" 2>/dev/null || true
}

# rival: prints the path of another checkout whose lab is up, if there is one. A machine can have only one lab.
rival() {
  local owner
  owner=$(cat "$CACHE/owner" 2>/dev/null || true)
  if [ "$owner" != "$PROJECT" ] && [ -x "$owner/lab/down.sh" ] && [ -n "$(containers --running)" ]; then echo "$owner"; fi
}

# key_of PATH…: prints twelve digits that stand for the names and contents of files and directories.
# Modification times do not count. PATH is relative to the checkout.
key_of() {
  (cd "$PROJECT" && find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum) | sha256sum | cut -c1-12
}

# fill NAME KEY COMMAND…: makes the directory CACHE/NAME and lets COMMAND fill it, once for each KEY.
# COMMAND gets a new directory as its last argument. The directory is kept only if COMMAND succeeds.
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

# end_server STATE: ends the server of a layer, if it runs, and deletes its directory. STATE/pid has its
# process id, which may belong to another program by now: the program must have STATE among its arguments.
end_server() {
  local pid
  pid=$(cat "$1/pid" 2>/dev/null || true)
  if [ -n "$pid" ] && grep -qsF "$1/" "/proc/$pid/cmdline"; then
    kill "$pid"
    tail --pid="$pid" --sleep-interval=0.1 -f /dev/null
  fi
  rm -rf "$1"
}

# nodes: prints the names of the nodes that are up; nothing without a lab.
nodes() {
  if [ -e "$CACHE/up" ]; then awk '$1 == "Host" { print $2 }' "$PROJECT/infra-context/ssh-config"; fi
}

# import_image FILE: imports an archive of an image on every node.
import_image() {
  local node
  for node in $(nodes); do
    ssh -F "$PROJECT/infra-context/ssh-config" "$node" sudo ctr --namespace k8s.io images import - <"$1" >/dev/null
  done
}

# remove_image REFERENCE: removes an image from every node that has it.
remove_image() {
  local node
  for node in $(nodes); do
    ssh -n -F "$PROJECT/infra-context/ssh-config" "$node" sudo ctr --namespace k8s.io images rm "$1" >/dev/null 2>&1 || true
  done
}
