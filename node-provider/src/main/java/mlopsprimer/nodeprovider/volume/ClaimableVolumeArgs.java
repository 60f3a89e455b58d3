package mlopsprimer.nodeprovider.volume;

import mlopsprimer.nodeprovider.rpc.Property;

/** Arguments of a volume that one claim may bind. */
record ClaimableVolumeArgs(
    @Property("Path of the cluster's kubeconfig, from the checkout's root.") String kubeconfig,
    @Property(
            value = "Context of the kubeconfig. Without it, the file's current context is used.",
            optional = true)
        String kubeContext,
    @Property(value = "Name of the PersistentVolume.", replaces = true) String volume,
    @Property(value = "Namespace of the claim.", replaces = true) String namespace,
    @Property(value = "Name of the claim.", replaces = true) String claim) {}
