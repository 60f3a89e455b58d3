#!/usr/bin/env bash
# Writes the SBOM of every program that is one jar: the libraries in the jar, with their versions, licences
# and checksums. The SBOM is part of the sources, because CycloneDX's plugin refuses to run without a
# network. Run this script after a change of the dependencies; a test compares each SBOM with its jar.
set -euo pipefail
cd "$(dirname "$0")/.."
programs=(apps/trainer apps/api node-provider)

list=${programs[*]}
mvn --batch-mode --quiet compile org.cyclonedx:cyclonedx-maven-plugin:makeBom --projects "${list// /,}" --also-make
for program in "${programs[@]}"; do
  mkdir -p "$program/src/main/resources/META-INF/sbom"
  cp "$program/target/sbom/application.cdx.json" "$program/src/main/resources/META-INF/sbom/"
done
