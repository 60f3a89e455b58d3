package mlopsprimer.infra.nodeprovider;

import java.util.Optional;

/**
 * How the node-provider reaches the cluster.
 *
 * @param kubeconfig path of the kubeconfig, from the checkout's root
 * @param context context of the kubeconfig; empty for the current context of the file
 */
public record ClusterAccess(String kubeconfig, Optional<String> context) {}
