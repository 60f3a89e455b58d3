# A directory's SHA-256 sums, written and checked where GNU's program is and where it is not (macOS);
# sourced, not run.
# shellcheck shell=bash
sha256=(sha256sum)
command -v sha256sum >/dev/null || sha256=(shasum -a 256)

# sums: the sums of the files whose names, each with a NUL at its end, are on standard input.
sums() { xargs -0 "${sha256[@]}"; }

# damage: prints which of this directory's files are not what its manifest.sha256 says, three at most;
# nothing, if all are. By the output: neither program's exit code tells of a line it could not read.
damage() {
  LC_ALL=C "${sha256[@]}" --check manifest.sha256 2>&1 | grep -v ': OK$' | head -n 3 | paste -s -d ' ' - || true
}
