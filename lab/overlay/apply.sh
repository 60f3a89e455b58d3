#!/usr/bin/env bash
# apply.sh RENDERED: changes a node's rendered configuration for a node that is a container instead of a
# virtual machine. Such a node shares the host's kernel, and with it the host's cgroups (v1 on some
# hosts), modules, conntrack table and limits.
set -euo pipefail
cd "$1"
containerd=etc/containerd/config.toml
kubeadm=$(ls etc/kubeadm/*.yaml)

if [ ! -e /sys/fs/cgroup/cgroup.controllers ]; then
  sed -i 's/SystemdCgroup = true/SystemdCgroup = false/' $containerd
  sed -i 's/^cgroupDriver: systemd/cgroupDriver: cgroupfs\nfailCgroupV1: false/' "$kubeadm"
fi

# Without CAP_SYS_RESOURCE no process may lower its oom_score_adj, which runc does for every sandbox.
sed -i 's/^\( *\)sandbox_image = .*/&\n\1restrict_oom_score_adj = true/' $containerd

# A node cannot change the host's swap, CPU count, memory and kernel configuration; and Debian's
# containerd is older than the version that kubeadm recommends.
sed -i 's/^nodeRegistration:/&\n  ignorePreflightErrors:\n    - SystemVerification\n    - Swap\n    - HTTPProxyCIDR\n    - NumCPU\n    - Mem\n    - ContainerRuntimeVersion\n    - FileContent--proc-sys-net-bridge-bridge-nf-call-iptables/' "$kubeadm"

if grep -q '^kind: KubeProxyConfiguration' "$kubeadm"; then
  sed -i 's/^kind: KubeProxyConfiguration/&\nconntrack: { maxPerCore: 0, min: 0 }/' "$kubeadm"
fi
