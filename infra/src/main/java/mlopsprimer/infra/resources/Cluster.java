package mlopsprimer.infra.resources;

import com.pulumi.Context;
import com.pulumi.core.Output;
import com.pulumi.kubernetes.Provider;
import com.pulumi.kubernetes.ProviderArgs;
import com.pulumi.kubernetes.core.v1.Namespace;
import com.pulumi.kubernetes.core.v1.NamespaceArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.CustomTimeouts;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.infra.config.ClusterFiles;
import mlopsprimer.infra.config.ClusterSettings;
import mlopsprimer.infra.config.MlflowSettings;
import mlopsprimer.infra.config.Nodes;
import mlopsprimer.infra.config.ServiceSettings;
import mlopsprimer.infra.config.ServiceType;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.config.StoreSettings;
import mlopsprimer.infra.config.Versions;
import mlopsprimer.infra.nodeprovider.ClusterAccess;
import mlopsprimer.infra.nodeprovider.Ownership;

/**
 * The connection to the cluster, the names on it that belong to this stack, and a namespace that
 * admits restricted pods only.
 */
public final class Cluster extends ComponentResource {
  private static final String NAME = "mlops-primer";

  private final ClusterAccess access;
  private final Provider provider;
  private final Ownership ownership;
  private final KubernetesObjects objects;
  private final Namespace namespace;

  /**
   * @param nodes the nodes, if the stack changes something on them
   */
  public Cluster(Context context, StackConfig config, Optional<Nodes> nodes) {
    super("mlops-primer:infra:Cluster", "cluster");
    access = new ClusterAccess(config.cluster().kubeconfig(), config.cluster().context());
    provider =
        new Provider(
            "kubernetes",
            provider(config.cluster()),
            CustomResourceOptions.builder()
                .parent(this)
                .version(Versions.kubernetesPlugin())
                .build());
    ownership = ownership(context, config, nodes);
    objects = new KubernetesObjects(config, ownership.owner());
    namespace =
        new Namespace(
            NAME,
            NamespaceArgs.builder().metadata(objects.namespace(restricted())).build(),
            optionsBuilder(this).build());
    registerOutputs(Map.of());
  }

  private static ProviderArgs provider(ClusterFiles files) {
    ProviderArgs.Builder provider = ProviderArgs.builder().kubeconfig(files.kubeconfigFromInfra());
    files.context().ifPresent(provider::context);
    return provider.build();
  }

  /** The first resource of the stack, which every other resource depends on. */
  private Ownership ownership(Context context, StackConfig config, Optional<Nodes> nodes) {
    return new Ownership(
        NAME,
        new Ownership.Args(
            context.projectName(),
            context.stackName(),
            config.namespace(),
            config.volume(),
            config.images(),
            new Ownership.NodePorts(
                config.get(ServiceSettings.SERVICE_TYPE) == ServiceType.NODE_PORT
                    ? Optional.of(config.get(ServiceSettings.NODE_PORT))
                    : Optional.empty(),
                config.get(MlflowSettings.NODE_PORT)),
            nodes.map(
                on ->
                    new Ownership.OnNodes(
                        config.get(StoreSettings.STORAGE_PATH),
                        on.names(),
                        config.cluster().sshConfig())),
            config.get(StoreSettings.KEEP_MODELS),
            config.get(ClusterSettings.ADOPT),
            access),
        CustomResourceOptions.builder().parent(this).build());
  }

  /**
   * Labels of the namespace, which make the Pod Security admission controller refuse pods that are
   * not restricted.
   */
  private static Labels restricted() {
    return new Labels(
        "namespace",
        Map.of(
            "pod-security.kubernetes.io/enforce", "restricted",
            "pod-security.kubernetes.io/audit", "restricted",
            "pod-security.kubernetes.io/warn", "restricted"));
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

  /** How the node-provider reaches the cluster. */
  ClusterAccess access() {
    return access;
  }

  /** Creates the metadata of the stack's objects. */
  KubernetesObjects objects() {
    return objects;
  }

  /** The mark of the stack: project/stack/id. */
  Output<String> owner() {
    return ownership.owner();
  }

  /** The ownership of the stack's names. A resource on the nodes depends on it. */
  Ownership ownership() {
    return ownership;
  }

  /** The namespace. An object that depends on it is created after it. */
  Namespace namespace() {
    return namespace;
  }
}
