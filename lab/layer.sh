#!/usr/bin/env bash
# layer.sh make|up|down [NAME…], layer.sh list: optional additions to the lab, which `make lab` neither
# builds nor starts.
#   make NAME…   builds what the layers need; without a name, of every layer
#   up NAME…     makes the layers and starts them on the lab that is up
#   down NAME…   removes them from the lab; without a name, every layer. It succeeds if they are not up.
#   list         prints every layer, and whether its parts are made and up to date
# A layer is a directory of lab/layers with up.sh, down.sh and, if it needs images, make.sh.
set -euo pipefail
. "$(dirname "$0")/paths.sh"

# The order is the order of use: the S3 server first, because Flux and the stack read from it.
LAYERS=(s3 registry kube-router metrics-server flux mlflow)

# program_of LAYER: prints the program in lab/toolchain that the layer needs. MLflow's is in Python, and is not built.
program_of() {
  case $1 in s3) echo versitygw ;; mlflow) ;; *) echo "$1" ;; esac
}

# sources_of LAYER: prints the paths that the images of a layer are made from.
sources_of() {
  local program
  program=$(program_of "$1")
  [ -z "$program" ] || echo "lab/toolchain/$program"
  [ ! -e "$PROJECT/lab/layers/$1/requirements.txt" ] || echo "lab/layers/$1/requirements.txt"
  echo "lab/layers/$1/make.sh"
  echo lab/image-archive.py
}

# key_of_images LAYER: stands for everything that the images of a layer are made from.
key_of_images() {
  local sources
  mapfile -t sources < <(sources_of "$1")
  key_of "${sources[@]}"
}

is_made() {
  local program
  program=$(program_of "$1")
  [ -z "$program" ] || [ "$(cat "$CACHE/toolchain/$program.key" 2>/dev/null)" = "$(key_of "lab/toolchain/$program")" ] || return
  [ ! -e "$PROJECT/lab/layers/$1/make.sh" ] || [ "$(cat "$CACHE/layers/$1.key" 2>/dev/null)" = "$(key_of_images "$1")" ]
}

make_layer() {
  local program
  program=$(program_of "$1")
  mkdir -p "$CACHE/layers"
  if [ -n "$program" ]; then
    fill "toolchain/$program" "$(key_of "lab/toolchain/$program")" "$PROJECT/lab/toolchain/$program/build-$program.sh"
  fi
  if [ -e "$PROJECT/lab/layers/$1/make.sh" ]; then
    fill "layers/$1" "$(key_of_images "$1")" "$PROJECT/lab/layers/$1/make.sh"
  fi
}

require_lab() {
  if [ ! -e "$CACHE/up" ] || [ "$(cat "$CACHE/owner")" != "$PROJECT" ]; then
    echo "lab: no lab of this checkout is up, and a layer needs one: run 'make lab-up' first" >&2
    exit 1
  fi
}

verb=${1:-list}
[ $# -eq 0 ] || shift
names=("$@")
for name in "$@"; do
  [[ " ${LAYERS[*]} " = *" $name "* ]] || {
    echo "lab: there is no layer '$name': the layers are ${LAYERS[*]}" >&2
    exit 2
  }
done
if [ $# -eq 0 ] && [[ $verb = make || $verb = down ]]; then names=("${LAYERS[@]}"); fi
eval "$("$PROJECT/lab/env.sh")"
case $verb in
  make)
    for name in "${names[@]}"; do make_layer "$name"; done
    ;;
  up)
    require_lab
    for name in "$@"; do
      make_layer "$name"
      "$PROJECT/lab/layers/$name/up.sh"
    done
    ;;
  down)
    for name in "${names[@]}"; do "$PROJECT/lab/layers/$name/down.sh"; done
    rm -rf "$KUBECACHEDIR" # kubectl would believe for hours that the kinds of the layer are there
    ;;
  list)
    for name in "${LAYERS[@]}"; do printf '%s %s\n' "$name" "$(is_made "$name" && echo made || echo 'not made')"; done
    ;;
  *)
    echo "usage: layer.sh make|up|down [NAME…], or layer.sh list" >&2
    exit 2
    ;;
esac
