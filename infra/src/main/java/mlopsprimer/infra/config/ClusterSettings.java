package mlopsprimer.infra.config;

import java.nio.file.Path;
import java.util.Optional;
import mlopsprimer.contract.Format;
import mlopsprimer.contract.Setting;
import mlopsprimer.contract.SettingGroup;
import mlopsprimer.contract.StackOwner;

/** The cluster, and the names on it that belong to the stack. */
public final class ClusterSettings {
  public static final Setting<String> NAMESPACE =
      new Setting<>(
          "namespace",
          Format.matching(
              "(?!kube-|default$)[a-z]([a-z0-9-]{0,38}[a-z0-9])?",
              "a name of a Kubernetes namespace of at most 40 characters, such as mlops-primer-prod,"
                  + " and not one of Kubernetes itself"),
          "mlops-primer",
          "Namespace of the stack. The names of its images, volume and storage class follow from it."
              + " A second stack on the same cluster needs another namespace, storagePath and"
              + " nodePort.");

  public static final Setting<String> ADOPT =
      new Setting<>(
          "adopt",
          Format.matching(
              "none|%s|%s|[0-9a-f]{12}".formatted(StackOwner.UNMARKED, StackOwner.KEPT),
              "none, unmarked, kept or the id of a stack, which are 12 hex digits"),
          "none",
          "The id of another stack whose namespace and directory this stack takes over, for example"
              + " after the other stack's state was lost. 'pulumi up' prints the id when it refuses to"
              + " use what belongs to another stack. unmarked takes over what carries no mark of a"
              + " stack.");

  public static final Setting<Path> KUBECONFIG =
      new Setting<>(
          "kubeconfig",
          Format.PATH,
          "infra-context/admin.conf",
          "Path of the cluster's kubeconfig. Pulumi's state contains the path and never the content.");

  public static final Setting<Optional<String>> KUBE_CONTEXT =
      new Setting<>(
          "kube-context",
          Word.matchingOrNone(
              "(?!\\S*://)[^\\s\\p{Cntrl}]{1,253}", "the name of a context of the kubeconfig"),
          Word.NONE,
          "Context of the kubeconfig that names the cluster. With none, it is the current context of"
              + " the file.");

  public static final Setting<Path> SSH_CONFIG =
      new Setting<>(
          "ssh-config",
          Format.PATH,
          "infra-context/ssh-config",
          "Path of the OpenSSH configuration of the nodes. The file nodes.json is in the same"
              + " directory. Neither is read if the stack uses a registry, and no volume on a node.");

  static final SettingGroup ALL =
      SettingGroup.of(NAMESPACE, ADOPT, KUBECONFIG, KUBE_CONTEXT, SSH_CONFIG);

  private ClusterSettings() {}
}
