package mlopsprimer.infra.resources;

import com.pulumi.kubernetes.Provider;
import com.pulumi.kubernetes.ProviderArgs;
import com.pulumi.kubernetes.core.v1.Namespace;
import com.pulumi.kubernetes.core.v1.NamespaceArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.CustomTimeouts;
import java.time.Duration;
import java.util.Map;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.config.Versions;

/** The connection to the cluster, and a namespace that admits restricted pods only. */
public final class Cluster extends ComponentResource {
  private final Provider provider;
  private final Namespace namespace;

  public Cluster(StackConfig config) {
    super("mlops-primer:infra:Cluster", "cluster");
    provider =
        new Provider(
            "kubernetes",
            ProviderArgs.builder().kubeconfig(config.kubeconfig().toString()).build(),
            CustomResourceOptions.builder()
                .parent(this)
                .version(Versions.kubernetesPlugin())
                .build());
    namespace =
        new Namespace(
            KubernetesObjects.NAMESPACE,
            NamespaceArgs.builder().metadata(restricted()).build(),
            optionsBuilder(this).build());
    registerOutputs(Map.of());
  }

  /**
   * Metadata of the namespace. Its labels make the Pod Security admission controller refuse pods
   * that are not restricted.
   */
  private static ObjectMetaArgs restricted() {
    Labels labels =
        new Labels(
            "namespace",
            Map.of(
                "pod-security.kubernetes.io/enforce", "restricted",
                "pod-security.kubernetes.io/audit", "restricted",
                "pod-security.kubernetes.io/warn", "restricted"));
    return ObjectMetaArgs.builder().name(KubernetesObjects.NAMESPACE).labels(labels.all()).build();
  }

  /** Options of an object on this cluster. The caller adds what the object depends on. */
  CustomResourceOptions.Builder optionsBuilder(ComponentResource parent) {
    return CustomResourceOptions.builder()
        .parent(parent)
        .provider(provider)
        .customTimeouts(timeouts().build());
  }

  /**
   * A timeout for deletions. The provider plugin may not notice a deletion. At the timeout, the
   * plugin checks again whether the object still exists.
   */
  static CustomTimeouts.Builder timeouts() {
    return CustomTimeouts.builder().delete(Duration.ofMinutes(1));
  }

  /** The namespace. An object that depends on it is created after it. */
  Namespace namespace() {
    return namespace;
  }
}
