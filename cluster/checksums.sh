# SHA-256 sums of a directory, written and checked with GNU's sha256sum or, on macOS, with shasum. Other
# scripts source this file.
# shellcheck shell=bash
sha256=(sha256sum)
command -v sha256sum >/dev/null || sha256=(shasum -a 256)

# sums: reads file names from standard input, each ended by a NUL, and prints the files' sums.
sums() { xargs -0 "${sha256[@]}"; }

# damage: prints up to three files of this directory that differ from manifest.sha256, or nothing if
# none does. It reads the output of the checking program, because neither program's exit code reports a
# line of the manifest that it could not parse.
damage() {
  LC_ALL=C "${sha256[@]}" --check manifest.sha256 2>&1 | grep -v ': OK$' | head -n 3 | paste -s -d ' ' - || true
}
