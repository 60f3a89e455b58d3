#!/usr/bin/env bash
# make-base-image.sh OUT: writes OUT/base.tar, the base image of both apps for machines without a
# registry: a small Debian root file system, and a Java runtime with only the modules that the apps use.
set -euo pipefail
. "$(dirname "$0")/paths.sh"
out=$1
trap 'rm -rf "$out"/{root.tar,java.tar,tree}' EXIT

mmdebstrap --quiet --variant=extract --include=base-files,ca-certificates,libc6,libgcc-s1,libstdc++6,tzdata,zlib1g \
  bookworm "$out/root.tar"

modules=java.base,java.desktop,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml
mkdir -p "$out/tree/opt" "$out/tree/usr/local/bin"
jlink --add-modules "$modules,jdk.crypto.ec,jdk.random,jdk.unsupported" --strip-java-debug-attributes \
  --no-header-files --no-man-pages --compress=2 --output "$out/tree/opt/java"
ln -s /opt/java/bin/java "$out/tree/usr/local/bin/java"
tar --create --file "$out/java.tar" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$out/tree" opt usr

"$PROJECT/lab/image-archive.py" "$out/base.tar" localhost/java:17 java "$out/root.tar" "$out/java.tar"
