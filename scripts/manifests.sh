#!/usr/bin/env bash
# Writes the Kubernetes objects of a stack to files, for Flux, Argo CD or kubectl. It needs no cluster and no
# Pulumi. It builds the images and pushes them to the registry, unless IMAGES names them by their digests.
set -euo pipefail
cd "$(dirname "$0")/.."
checkout=$PWD
stack=Pulumi.${STACK:-managed}.yaml
out=${OUT:-manifests}

if [ ! -f "$stack" ]; then
  echo "manifests: $stack does not exist: copy Pulumi.managed.yaml.example to it, or set STACK" >&2
  exit 2
fi
scripts/check-tools.sh java mvn

# Runs a class of infra. A path with a blank must not be split.
infra() {
  local quoted=() argument
  for argument in "$@"; do quoted+=("'$argument'"); done
  # shellcheck disable=SC2086  # MAVEN_ARGS is a list of options, such as -o
  infra/mvnw --batch-mode --quiet ${MAVEN_ARGS:-} compile exec:java \
    -Dexec.mainClass=mlopsprimer.infra.manifests.ManifestsMain -Dexec.args="${quoted[*]}"
}

read -ra images <<<"${IMAGES:-}"
if [ ${#images[@]} -eq 0 ]; then
  list=$(infra "$checkout" "$stack" images)
  # shellcheck disable=SC2086
  mvn --batch-mode --quiet ${MAVEN_ARGS:-} package -Dmaven.test.skip=true --projects node-provider --also-make >&2
  while read -r _ name content base architecture authority; do
    [ -n "$authority" ] || continue # some builds of Maven end their output with codes for colours
    images+=("$(java -cp node-provider/target/node-provider.jar mlopsprimer.nodeprovider.image.PushMain \
      "$checkout" "$name" "$content" "$base" "$architecture" "$authority" </dev/null)")
  done <<<"$list"
fi
infra "$checkout" "$stack" write "$out" "${images[@]}"
