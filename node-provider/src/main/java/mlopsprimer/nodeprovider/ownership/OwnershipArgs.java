package mlopsprimer.nodeprovider.ownership;

import java.nio.file.Path;
import java.util.List;
import mlopsprimer.nodeprovider.kubernetes.Kubeconfig;
import mlopsprimer.nodeprovider.rpc.Property;

/** Arguments of an ownership: the stack, and the names of everything that belongs to it. */
record OwnershipArgs(
    @Property("Name of the Pulumi project.") String project,
    @Property("Name of the Pulumi stack.") String stack,
    @Property("Namespace of the stack's objects. It cannot change while the stack exists.")
        String namespace,
    @Property("Name of the stack's PersistentVolume and StorageClass.") String volume,
    @Property(value = "Directory of the stack on a node, if it uses nodes.", optional = true)
        String path,
    @Property("Names of the stack's images without their tags.") List<String> images,
    @Property(
            value = "Port of every node on which the stack's API answers, if it has one.",
            optional = true)
        Integer nodePort,
    @Property(
            value = "Port of every node on which the stack's MLflow server answers, if it has one.",
            optional = true)
        Integer mlflowNodePort,
    @Property(
            value = "Names of the nodes, if the stack changes something on them.",
            optional = true)
        List<String> nodes,
    @Property("Whether the directory stays on its node when the stack is destroyed.") Boolean keep,
    @Property(
            "Id of another stack whose names this stack may take over, or unmarked for names that carry no mark, or none.")
        String adopt,
    @Property("Path of the cluster's kubeconfig, from the checkout's root.") String kubeconfig,
    @Property(
            value = "Context of the kubeconfig. Without it, the file's current context is used.",
            optional = true)
        String kubeContext,
    @Property(
            value =
                "Path of the OpenSSH configuration file that says how to reach the nodes, from the checkout's root, if the stack changes something on them.",
            optional = true)
        String sshConfig) {

  /** The cluster that the names are on. */
  Kubeconfig.Cluster cluster(Path checkout) {
    return new Kubeconfig.Cluster(checkout.resolve(kubeconfig), kubeContext);
  }

  /** Whether the stack changes something on the nodes themselves. */
  boolean usesNodes() {
    return nodes != null && sshConfig != null && path != null;
  }
}
