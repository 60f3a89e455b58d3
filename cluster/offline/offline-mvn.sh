#!/usr/bin/env bash
# Runs this machine's Maven with the offline kit's repository and without a network. In the kit, this
# script is bin/mvn.
bin=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PATH=${PATH//"$bin:"/}
exec mvn --offline "-Dmaven.repo.local=${bin%/*}/maven" "$@"
