#!/usr/bin/env bash
# Renders cluster/files and cluster/kubeadm for this node, installs the files that have changed, and
# restarts only the services that read them. Files that kubeadm and the API server read take effect when a
# cluster is created. If OVERLAY/apply.sh exists, it changes the rendered files first, as the lab's does.
set -euo pipefail
here=$(cd .. && pwd)
rendered=$(mktemp -d)
trap 'rm -rf "$rendered"' EXIT

PAUSE_IMAGE=$(kubeadm config images list --kubernetes-version "v$KUBERNETES_VERSION" | grep /pause:)
export PAUSE_IMAGE

cp -r "$here/files/." "$rendered/"
mkdir -p "$rendered/etc/kubeadm"
if [ "$ROLE" = control-plane ]; then
  cat "$here"/kubeadm/{init,cluster,kubelet,kube-proxy}.yaml >"$rendered/etc/kubeadm/init.yaml"
else
  cp "$here/kubeadm/join.yaml" "$rendered/etc/kubeadm/"
  rm "$rendered"/etc/kubernetes/*.yaml
fi
substitutions=()
for name in NODE_NAME NODE_ADDRESS CONTROL_PLANE_ADDRESS CLUSTER_CIDR POD_CIDR POD_ROUTES PAUSE_IMAGE KUBERNETES_VERSION; do
  substitutions+=(-e "s|\${$name}|${!name}|g")
done
find "$rendered" -type f -exec sed -i "${substitutions[@]}" {} +
if [ -x "${OVERLAY:-}/apply.sh" ]; then "$OVERLAY/apply.sh" "$rendered"; fi

changed=()
while IFS= read -r -d '' file; do
  target=${file#"$rendered"}
  if ! cmp --silent "$file" "$target"; then
    mode=644
    [[ $target != *bin/* ]] || mode=755
    [[ $target != *kubelet.service* ]] || mode=600
    install -D -m "$mode" "$file" "$target"
    changed+=("$target")
  fi
done < <(find "$rendered" -type f -print0)

if [ ${#changed[@]} -gt 0 ]; then printf 'node:   %s\n' "${changed[@]}"; fi

# restart_if_older UNIT FILE…: restarts a unit if one of the files that it reads is newer than its start.
# An earlier run may have written the file and ended before the restart.
restart_if_older() {
  local unit=$1 since
  shift
  since=$(systemctl show --property ActiveEnterTimestamp --value --timestamp=us+utc "$unit")
  if [ -z "$since" ] || [ -n "$(find "$@" -newermt "$since")" ]; then systemctl restart "$unit"; fi
}
systemctl daemon-reload
systemctl restart systemd-modules-load systemd-sysctl || true
# A container cannot turn off the host's swap.
if ! systemd-detect-virt --quiet --container && [ -n "$(swapon --noheadings)" ]; then
  swapoff --all
  sed -i '/\sswap\s/ s/^[^#]/# &/' /etc/fstab
fi
systemctl enable --quiet --now containerd pod-network kubelet
restart_if_older containerd /etc/containerd/config.toml
restart_if_older pod-network /usr/local/sbin/pod-network /etc/pod-network.env /etc/systemd/system/pod-network.service
restart_if_older kubelet /etc/systemd/system/kubelet.service /etc/systemd/system/kubelet.service.d/10-kubeadm.conf
