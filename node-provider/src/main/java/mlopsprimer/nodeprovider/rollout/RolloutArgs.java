package mlopsprimer.nodeprovider.rollout;

import mlopsprimer.nodeprovider.rpc.Property;

/** Arguments of a rollout. */
record RolloutArgs(
    @Property("Path of the cluster's kubeconfig.") String kubeconfig,
    @Property(value = "Namespace of the Deployment.", replaces = true) String namespace,
    @Property(value = "Name of the Deployment.", replaces = true) String deployment,
    @Property(
            "Text that differs for every rollout, such as the uid and the generation of the Deployment. The node-provider waits again when this text changes.")
        String generation,
    @Property("URL that the pods of the Deployment answer.") String url,
    @Property(
            "Text that every right answer contains. An answer of the previous pods is right, too, if it contains this text.")
        String contains) {}
