package mlopsprimer.nodeprovider.rollout;

import mlopsprimer.nodeprovider.rpc.Property;

/** Arguments of a rollout. */
record RolloutArgs(
    @Property("Path of the cluster's kubeconfig.") String kubeconfig,
    @Property(
            value = "Context of the kubeconfig. Without it, the file's current context is used.",
            optional = true)
        String kubeContext,
    @Property(value = "Namespace of the Deployment.", replaces = true) String namespace,
    @Property(value = "Name of the Deployment.", replaces = true) String deployment,
    @Property(
            "Text that differs for every rollout, such as the uid and the generation of the Deployment. The node-provider waits again when this text changes.")
        String generation,
    @Property(
            value =
                "URL that the pods of the Deployment answer. Without it, the node-provider finds the URL of the Service.",
            optional = true)
        String url,
    @Property(value = "Name of the Service of the pods, if there is no URL.", optional = true)
        String service,
    @Property(value = "Path of the request to the Service, such as /health.", optional = true)
        String path,
    @Property(
            "Text that every right answer contains. An answer of the previous pods is right, too, if it contains this text.")
        String contains) {}
