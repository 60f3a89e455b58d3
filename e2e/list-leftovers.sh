#!/usr/bin/env bash
# Lists everything that a lab left on this machine outside of its documented cache. After make lab-down
# the list is empty.
cd "$(dirname "$0")/.." || exit
{
  lxc-ls -1 --filter '^mlops-primer' 2>/dev/null
  ip -brief link | grep -E '^mlops-'
  ip -brief link show master mlops-primer 2>/dev/null
  ip netns list | grep mlops-primer
  mount | grep mlops-primer
  find /sys/fs/cgroup -maxdepth 2 -name '*mlops-primer*'
  ps -eo pid,stat,args | awk '$2 !~ /^Z/' | grep -E '[d]nsmasq.*mlops-primer|[r]edir 127.0.0.1|[l]xc-(start|monitord).*mlops-primer|lxc [m]onitor.*mlops-primer|[p]ython3 .*chart-server|[v]ersitygw .*mlops-primer|[r]egistry serve .*mlops-primer'
  ss --listening --tcp --numeric --no-header 'sport = 6443'
  find .vagrant/machines -path '*/lxc/*' -type f 2>/dev/null
  find infra-context -type f 2>/dev/null
} | sort -u
exit 0
