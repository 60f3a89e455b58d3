#!/usr/bin/env bash
# make-offline-kit.sh DIRECTORY: writes to DIRECTORY what `pulumi up` needs on a machine without a
# network: a Maven repository, Pulumi with its plugins, and the base image of both apps. Use it there
# with: eval "$(DIRECTORY/env.sh)"
set -euo pipefail
mkdir -p "${1:?usage: make-offline-kit.sh DIRECTORY}/bin"
out=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."

# property NAME: prints a value of cluster/versions.properties.
property() {
  # shellcheck source=/dev/null
  (. cluster/versions.properties && echo "${!1}")
}

maven=(--batch-mode --quiet "-Dmaven.repo.local=$out/maven")
mvn "${maven[@]}" package -Dmaven.test.skip=true --projects apps/trainer,apps/api,node-provider,infra --also-make
# Pulumi starts the program with infra/mvnw and the exec plugin; asking for the plugin's help downloads it.
output=$(infra/mvnw "${maven[@]}" compile exec:help) || {
  printf '%s\n' "$output" >&2
  exit 1
}
# The records of where a file was downloaded from would keep Maven from using it on another machine.
find "$out/maven" \( -name _remote.repositories -o -name '*.lastUpdated' \) -delete

plugin=$(command -v pulumi-resource-kubernetes || true)
if [ -z "$plugin" ]; then
  version=$(property PULUMI_KUBERNETES_PLUGIN_VERSION)
  pulumi plugin install resource kubernetes "v$version"
  plugin=${PULUMI_HOME:-$HOME/.pulumi}/plugins/resource-kubernetes-v$version/pulumi-resource-kubernetes
fi
cp "$(command -v pulumi)" "$(command -v pulumi-language-java)" "$plugin" "$out/bin/"
# The kit's own mvn comes first in the path and uses no network.
cp "$here/offline-mvn.sh" "$out/bin/mvn"

base=$(pulumi config get baseImage 2>/dev/null || property BASE_IMAGE)
case $base in
  tar://*) cp "${base#tar://}" "$out/base.tar" ;;
  *) java -cp node-provider/target/node-provider.jar mlopsprimer.nodeprovider.image.BaseArchiveMain "$base" "$out/base.tar" ;;
esac

cp "$here/env.sh" "$here/../checksums.sh" "$out/"
cluster/write-checksums.sh "$out"
