package mlopsprimer.nodeprovider.rollout;

import mlopsprimer.nodeprovider.rpc.Property;

/** Arguments of a rollout. */
record RolloutArgs(
    @Property("Path of the kubeconfig file that says how to reach the cluster.") String kubeconfig,
    @Property(value = "Namespace of the Deployment.", replaces = true) String namespace,
    @Property(value = "Name of the Deployment.", replaces = true) String deployment,
    @Property(
            "Text that is another one for every rollout, such as the uid and the generation of the Deployment. The provider waits again when it changes.")
        String generation,
    @Property("URL that the pods of the Deployment answer.") String url,
    @Property("Text that every right answer contains, and no answer of the previous pods.")
        String contains) {}
