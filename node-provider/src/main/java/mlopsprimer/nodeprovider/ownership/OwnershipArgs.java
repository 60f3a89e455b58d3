package mlopsprimer.nodeprovider.ownership;

import java.util.List;
import mlopsprimer.nodeprovider.rpc.Property;

/** Arguments of an ownership: the stack, and the names of everything that belongs to it. */
record OwnershipArgs(
    @Property("Name of the Pulumi project.") String project,
    @Property("Name of the Pulumi stack.") String stack,
    @Property("Namespace of the stack's objects. It cannot change while the stack exists.")
        String namespace,
    @Property("Name of the stack's PersistentVolume and StorageClass.") String volume,
    @Property("Directory of the stack on a node.") String path,
    @Property("Names of the stack's images without their tags.") List<String> images,
    @Property("Port of every node on which the stack's API answers.") Integer nodePort,
    @Property("Names of the nodes.") List<String> nodes,
    @Property("Whether the directory stays on its node when the stack is destroyed.") Boolean keep,
    @Property(
            "Id of another stack whose names this stack may take over, or unmarked for names that carry no mark, or none.")
        String adopt,
    @Property("Path of the cluster's kubeconfig, from the checkout's root.") String kubeconfig,
    @Property(
            "Path of the OpenSSH configuration file that says how to reach the nodes, from the checkout's root.")
        String sshConfig) {}
