package mlopsprimer.contract;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The paths of directories on a node that a stack may create and delete. A path is accepted only
 * below directories that are meant for data, so that no directory of the node's own programs can be
 * given to a stack.
 */
public final class NodePath {
  /** What an accepted path looks like, as a part of a message. */
  public static final String WANTED =
      "a directory of this stack alone, such as /var/lib/mlops-primer, that is at least three levels"
          + " deep and below /var/lib, /var/opt, /srv, /opt, /mnt, /media, /data or /home";

  /** At least three levels, and no character that has a meaning for a shell or the file system. */
  private static final Pattern FORM =
      Pattern.compile("(?=.{1,200}$)(/[A-Za-z0-9_-][A-Za-z0-9._-]*){3,}");

  /**
   * Directories for data, by the Filesystem Hierarchy Standard 3.0, and /data, which many machines
   * have.
   */
  private static final Pattern FOR_DATA =
      Pattern.compile("/(srv|opt|mnt|media|data|home|var/lib|var/opt)/.*");

  /**
   * Directories below /var/lib and /opt that belong to the programs of a Kubernetes node or of its
   * operating system. The list has the paths in the documentation of kubeadm, containerd, CRI-O,
   * Docker, the CNI plugins, etcd and of the usual distributions. It cannot be complete: a
   * directory that is in use is also refused on the node, because it has no mark of the stack.
   */
  private static final Set<String> OF_PROGRAMS =
      Set.of(
          "apt",
          "buildkit",
          "calico",
          "cilium",
          "cni",
          "containerd",
          "containers",
          "crio",
          "dbus",
          "docker",
          "dpkg",
          "etcd",
          "k0s",
          "kube-proxy",
          "kube-router",
          "kubelet",
          "longhorn",
          "lxc",
          "lxd",
          "rancher",
          "rook",
          "rpm",
          "snapd",
          "systemd");

  private NodePath() {}

  /**
   * Why the path cannot be used, as a clause that follows the path; empty if the path can be used.
   */
  public static Optional<String> problem(String path) {
    if (!FORM.matcher(path).matches()) {
      return Optional.of("is not a path of at least three plain levels");
    }
    if (!FOR_DATA.matcher(path).matches()) {
      return Optional.of("is not below a directory for data");
    }
    String[] levels = path.split("/", -1);
    String program = levels[1].equals("var") ? levels[3] : levels[2];
    return OF_PROGRAMS.contains(program)
        ? Optional.of("belongs to another program of the node")
        : Optional.empty();
  }

  /** The form of such a path in a setting. */
  public static Format<String> format() {
    return Format.of(
        WANTED,
        text -> {
          problem(text)
              .ifPresent(
                  why -> {
                    throw new IllegalArgumentException(text + " " + why);
                  });
          return text;
        });
  }
}
