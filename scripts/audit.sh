#!/usr/bin/env bash
# Looks up the libraries of every program that is one jar in a database of known vulnerabilities, with
# osv-scanner. The libraries come from the SBOMs, so nothing is built. OSV_DB=DIRECTORY uses DIRECTORY/Maven/all.zip
# instead of the network; OSV_SCANNER=FILE uses a scanner that is there, instead of building the pinned one.
# osv-scanner.toml lists the findings that SECURITY.md explains. Exit codes: 0 nothing else was found,
# 1 something else was found, 2 the libraries could not be checked.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
  printf 'audit: %s\nNothing was checked, so this says nothing about vulnerabilities.\n' "$1" >&2
  exit 2
}

arguments=(scan source --config osv-scanner.toml)
for program in apps/trainer apps/api node-provider; do
  sbom=$program/src/main/resources/META-INF/sbom/application.cdx.json
  [ -s "$sbom" ] || fail "$sbom is missing: run 'make sbom'"
  arguments+=(--lockfile "$sbom")
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ -n "${OSV_DB:-}" ]; then
  data=$OSV_DB/Maven/all.zip
  [ -r "$data" ] || fail "OSV_DB has no data: $data is missing. Download it on a machine with a network from https://osv-vulnerabilities.storage.googleapis.com/Maven/all.zip"
  advisories=$(jar --list --file "$data" 2>/dev/null | grep -c '\.json$' || true)
  [ "$advisories" -gt 0 ] || fail "$data is no zip file with advisories: download it again"
  ln -s "$(cd "$OSV_DB" && pwd)" "$work/osv-scalibr" # the name of the directory that the scanner reads
  export OSV_SCANNER_LOCAL_DB_CACHE_DIRECTORY=$work
  arguments+=(--offline)
  source="$data of $(date -r "$data" +%Y-%m-%d), number of advisories: $advisories"
else
  source="api.osv.dev, which gets the names and versions of the libraries"
fi

scanner=${OSV_SCANNER:-}
if [ -z "$scanner" ]; then
  # shellcheck source=/dev/null
  version=$(. cluster/versions.properties && echo "$OSV_SCANNER_VERSION")
  scanner=${XDG_CACHE_HOME:-$HOME/.cache}/mlops-primer/osv-scanner-$version/osv-scanner
  if [ ! -x "$scanner" ]; then
    command -v go >/dev/null || fail "Go is not installed, and osv-scanner $version must be built: install Go, or set OSV_SCANNER to a scanner"
    echo "audit: building osv-scanner $version, which takes some minutes once" >&2
    GOBIN=$work/bin go install "github.com/google/osv-scanner/v2/cmd/osv-scanner@v$version" >"$work/go.log" 2>&1 ||
      fail "osv-scanner $version cannot be built: $(tail -n 1 "$work/go.log")"
    mkdir -p "$(dirname "$scanner")"
    mv "$work/bin/osv-scanner" "$scanner"
  fi
fi

echo "audit: asking $source" >&2
status=0
"$scanner" "${arguments[@]}" >"$work/report" 2>"$work/log" || status=$?
libraries=$(sed -n 's/.* and found \([0-9]*\) packages*$/\1/p' "$work/report" "$work/log" | paste -sd + - | sed 's/^$/0/')
case $status in
  0)
    [ "$((libraries))" -gt 0 ] || fail "osv-scanner read no library from the SBOMs: run 'make sbom'"
    echo "audit: $((libraries)) libraries, and nothing was found beyond the exceptions in osv-scanner.toml"
    ;;
  1)
    cat "$work/report"
    echo "audit: update these libraries, or explain in SECURITY.md and osv-scanner.toml why they do no harm" >&2
    exit 1
    ;;
  # The report of a failed scan says "0 known vulnerabilities", so it is not shown.
  *) fail "osv-scanner ended with $status: $(grep -ihE 'error|could not|unable|fail' "$work/log" "$work/report" | sort -u | head -n 3 || true). Check the network; without one, set OSV_DB to a directory with Maven/all.zip" ;;
esac
