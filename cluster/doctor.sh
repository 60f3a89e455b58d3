#!/usr/bin/env bash
# doctor.sh: prints a table of what a cluster needs, whether this machine has it, and what to do if not.
# doctor.sh --before-up PROVIDER NODE PORT: checks what one node needs before it is started. It prints only
# what is missing, and fails if something is. The script also runs with bash 3.2, the version that macOS has.
set -uo pipefail
cd "$(dirname "$0")/.." || exit

before_up=
provider=${VAGRANT_DEFAULT_PROVIDER:-virtualbox}
node=kube-control-plane
port=${API_PORT:-6443}
if [ "${1:-}" = --before-up ]; then
  before_up=yes
  provider=$2 node=$3 port=$4
fi
failed=0

# row STATUS SUBJECT FACT [REMEDY]
row() {
  [ "$1" != FAIL ] || failed=1
  if [ -z "$before_up" ]; then
    printf '%-5s %-12s %s\n' "$1" "$2" "$3"
    [ -z "${4:-}" ] || printf '%-18s -> %s\n' '' "$4"
  elif [ "$1" = FAIL ]; then
    printf '%s: %s\n  %s\n' "$2" "$3" "$4" >&2
  fi
}

has() { command -v "$1" >/dev/null 2>&1; }

vagrant_version() {
  local version
  version=$(vagrant --version 2>/dev/null | awk '{ print $2 }')
  if [ -z "$version" ]; then
    row FAIL vagrant "not installed" "install Vagrant 2.4 or newer, or run 'make lab lab-up' on Debian 12"
  elif [ "$(uname -m)" != x86_64 ] && [ "$(printf '%s\n2.4.0\n' "$version" | sort -V | head -n 1)" != 2.4.0 ]; then
    row FAIL vagrant "$version cannot choose a box for $(uname -m)" "install Vagrant 2.4 or newer"
  else
    row ok vagrant "$version"
  fi
}

provider_ready() {
  case $provider in
    virtualbox)
      if has VBoxManage; then row ok virtualbox "$(VBoxManage --version 2>/dev/null | tail -n 1)"; else
        row FAIL virtualbox "VBoxManage is not on the PATH" \
          "install VirtualBox 7, or use another provider: VAGRANT_DEFAULT_PROVIDER=libvirt, or run 'make lab lab-up' on Debian 12"
      fi
      ;;
    libvirt)
      if [ -r /dev/kvm ] && [ -w /dev/kvm ]; then row ok libvirt "/dev/kvm"; else
        row FAIL libvirt "/dev/kvm is missing, or you may not use it" \
          "turn virtualization on in the firmware, join the group kvm, and run 'vagrant plugin install vagrant-libvirt'"
      fi
      ;;
    lxc)
      if has lxc-start && ip link show mlops-primer >/dev/null 2>&1; then row ok lxc "$(lxc-start --version)"; else
        row FAIL lxc "the lab's network does not exist" "run 'make lab-up', which prepares this machine first"
      fi
      ;;
    *) row WARN provider "this project does not support $provider" "set VAGRANT_DEFAULT_PROVIDER to virtualbox, libvirt or lxc" ;;
  esac
}

# Reads the ranges of VirtualBox's file from standard input; succeeds if 192.168.56.0/24 is in one of them.
allows_ours() {
  tr ',' ' ' | awk '
    function number(address, part) { split(address, part, "."); return ((part[1] * 256 + part[2]) * 256 + part[3]) * 256 + part[4] }
    $1 ~ /^\*/ {
      sub(/\*/, "")
      for (i = 1; i <= NF; i++)
        if (split($i, range, "/") == 2 && range[1] ~ /^[0-9.]+$/ && range[2] <= 24) {
          size = 2 ^ (32 - range[2])
          if (int(number(range[1]) / size) == int(number("192.168.56.0") / size)) found = 1
        }
    }
    END { exit !found }'
}

# VirtualBox allows only addresses in 192.168.56.0/21, unless this file lists other ranges.
address_range() {
  local file=${VBOX_NETWORKS:-/etc/vbox/networks.conf}
  [ "$provider" = virtualbox ] && [ -e "$file" ] || return 0
  if allows_ours <"$file"; then
    row ok addresses "192.168.56.0/24 is in $file"
  else
    row FAIL addresses "192.168.56.0/24 is not a range that $file allows" "add the line '* 192.168.56.0/21' to it"
  fi
}

# Prints which program listens on the port, if this user may see that.
listener() {
  if has lsof; then lsof -nP -iTCP:"$port" -sTCP:LISTEN 2>/dev/null | awk 'NR == 2 { print " by " $1 ", pid " $2 }'; fi
}

taken() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }

# Succeeds if this checkout's cluster seems to be up. Asking Vagrant would be surer, but takes seconds.
cluster_is_up() {
  [ -z "$before_up" ] && grep -qs "server: https://127.0.0.1:$port\$" infra-context/local-admin.conf && taken
}

api_port() {
  # While the lab is up, its own forwarding listens on the port, so there is nothing to check.
  [ "$provider" != lxc ] && [ "$node" = kube-control-plane ] || return 0
  if cluster_is_up; then
    row ok "port $port" "used on 127.0.0.1 by the cluster that is up"
  elif taken; then
    row FAIL "port $port" "127.0.0.1:$port is taken$(listener)" "stop that program, or choose another port: export API_PORT=16443"
  else
    row ok "port $port" "free on 127.0.0.1"
  fi
}

memory() {
  local needed free_mb
  if cluster_is_up; then
    row ok memory "not checked, since the nodes that are up already have theirs"
    return
  fi
  if [ "$node" = kube-control-plane ]; then needed=${CONTROL_PLANE_MEMORY:-2048}; else needed=${WORKER_MEMORY:-2048}; fi
  [ -n "$before_up" ] || needed=$((needed + ${WORKERS:-1} * ${WORKER_MEMORY:-2048}))
  if [ -r /proc/meminfo ]; then
    free_mb=$(awk '/^MemAvailable:/ { print int($2 / 1024) }' /proc/meminfo)
  else # macOS also gives inactive pages to programs that need memory
    free_mb=$(vm_stat | awk '/page size/ { size = $8 } /Pages (free|inactive|speculative|purgeable)/ { sub(/\./, "", $NF); n += $NF } END { print int(n * size / 1048576) }')
  fi
  if [ "$free_mb" -lt "$needed" ]; then
    row FAIL memory "$free_mb MB are free, $needed MB are needed" \
      "close other programs, or make the nodes smaller: export WORKER_MEMORY=1536 CONTROL_PLANE_MEMORY=1900"
  else
    row ok memory "$free_mb MB free, $needed MB needed"
  fi
}

disk() {
  local free_gb
  free_gb=$(df -Pk . | awk 'NR == 2 { print int($4 / 1048576) }')
  if [ "$free_gb" -lt 10 ]; then
    row FAIL disk "$free_gb GB are free, 10 GB are needed" "delete files on the disk that holds $(pwd)"
  else
    row ok disk "$free_gb GB free"
  fi
}

bundle() {
  [ -n "${BUNDLE:-}" ] || return 0
  if [ -f "$BUNDLE/manifest.sha256" ]; then row ok bundle "$BUNDLE"; else
    row FAIL bundle "BUNDLE=$BUNDLE holds no manifest.sha256" "make one with 'make bundle' on a connected machine, or unset BUNDLE"
  fi
}

# certificate FIELD: prints a certificate of the administrator's kubeconfig in the format PEM.
certificate() {
  # openssl reads only short lines without a limit.
  sed -n "s/^ *$1: *//p" infra-context/admin.conf | fold -w 64 | openssl base64 -d 2>/dev/null
}

# last_day: prints the last day of the certificate on standard input, such as 2027-11-25.
last_day() {
  openssl x509 -noout -enddate 2>/dev/null | sed 's/.*=//' |
    awk 'NF >= 4 { printf "%d-%02d-%02d\n", $4, (index("JanFebMarAprMayJunJulAugSepOctNovDec", $1) + 2) / 3, $2 }'
}

# lasts SECONDS: succeeds if the certificate on standard input is still valid then.
lasts() { openssl x509 -noout -checkend "$1" >/dev/null 2>&1; }

# When the certificates of this checkout's cluster end. `vagrant up` renews those that the cluster's own
# authority signs, all at the same time, so it needs no check before. It cannot renew the authority.
certificates() {
  local pem ca day month=2592000
  [ -z "$before_up" ] && [ -e infra-context/admin.conf ] && has openssl || return 0
  pem=$(certificate client-certificate-data)
  ca=$(certificate certificate-authority-data)
  day=$(last_day <<<"$pem")
  if [ -z "$day" ] || [ -z "$(last_day <<<"$ca")" ]; then
    row WARN certificates "infra-context/admin.conf holds none that can be read" "run 'vagrant up', which writes the file again"
  elif ! lasts $month <<<"$ca"; then
    row FAIL certificates "the cluster's certificate authority ends on $(last_day <<<"$ca")" "make a new cluster: run 'vagrant destroy', then 'vagrant up'"
  elif ! lasts 0 <<<"$pem"; then
    row FAIL certificates "the cluster's certificates ended on $day" "run 'vagrant up', which renews them"
  elif ! lasts $month <<<"$pem"; then
    row WARN certificates "the cluster's certificates end on $day" "run 'vagrant up', which renews them"
  else
    row ok certificates "the cluster's certificates end on $day"
  fi
}

# The tools for everything after `vagrant up`, which itself does not need them.
tools() {
  local tool
  for tool in ssh:'an OpenSSH client' java:'a JDK, version 17 or newer' mvn:'Maven 3.8 or newer' pulumi:'the Pulumi CLI' kubectl:'kubectl, or use the one on the control plane'; do
    if has "${tool%%:*}"; then row ok "${tool%%:*}" "$(command -v "${tool%%:*}")"; else
      row WARN "${tool%%:*}" "not on the PATH" "install ${tool#*:}"
    fi
  done
}

[ -n "$before_up" ] || vagrant_version
provider_ready
address_range
api_port
memory
disk
bundle
certificates
[ -n "$before_up" ] || tools
exit $failed
