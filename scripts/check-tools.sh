#!/usr/bin/env bash
# check-tools.sh TOOL…: succeeds in silence if this machine has every TOOL. Otherwise it names what is
# missing, prints one command that installs all of it, and fails. A TOOL is java, mvn, curl or pip.
# The script also runs with bash 3.2, the version that macOS has.
set -uo pipefail

# The first number of Java's version: 17 for 17.0.12, 1 for 1.8.0. Without a JDK, macOS has a java that only asks for one.
java_version() { java -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1; }

has() {
  case $1 in
    java) command -v javac >/dev/null && [ "$(java_version || true)" -ge 17 ] 2>/dev/null ;;
    pip) python3 -m pip --version >/dev/null 2>&1 ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

# The oldest suitable JDK that this system's apt offers.
apt_jdk() {
  local version
  for version in 17 21 25; do
    if apt-cache show "openjdk-$version-jdk-headless" >/dev/null 2>&1; then
      echo "openjdk-$version-jdk-headless"
      return
    fi
  done
  echo default-jdk-headless
}

names='' apt='' brew=''
for tool in "$@"; do
  if has "$tool"; then continue; fi
  case $tool in
    java) names+=", a JDK (17 or newer)" apt+=" $(apt_jdk)" brew+=" temurin@17" ;;
    mvn) names+=", Maven (3.8 or newer)" apt+=" maven" brew+=" maven" ;;
    pip) names+=", Python 3 with pip" apt+=" python3-pip" brew+=" python" ;;
    *) names+=", $tool" apt+=" $tool" brew+=" $tool" ;;
  esac
done
[ -n "$names" ] || exit 0

echo "missing on this machine: ${names#, }" >&2
if command -v apt-get >/dev/null; then
  echo "install with: sudo apt-get update && sudo apt-get install --yes$apt" >&2
elif command -v brew >/dev/null || [ "$(uname)" = Darwin ]; then
  echo "install with: brew install$brew" >&2
else
  echo "install these with your system's package manager" >&2
fi
exit 1
