package mlopsprimer.nodeprovider.rollout;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/** A client of one cluster's Kubernetes API, for the objects of a rollout. */
final class KubernetesApi implements AutoCloseable {
  private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(5).toMillis();
  private static final int REQUEST_MILLIS = (int) Duration.ofSeconds(10).toMillis();

  /** Annotation with the number that the Deployment controller gives each ReplicaSet. */
  private static final String REVISION = "deployment.kubernetes.io/revision";

  private final KubernetesClient client;

  private KubernetesApi(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Creates a client from a kubeconfig. The first request connects to the API server.
   *
   * @throws ResourceException if the file cannot be used as a kubeconfig
   */
  static KubernetesApi connect(Path kubeconfig) throws ResourceException {
    if (!Files.isRegularFile(kubeconfig)) {
      throw new ResourceException(
          "the kubeconfig %s does not exist: run 'vagrant up', which writes that file"
              .formatted(kubeconfig));
    }
    Config config = read(kubeconfig);
    return new KubernetesApi(
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(config)
                    .withRequestRetryBackoffLimit(0)
                    .withConnectionTimeout(CONNECT_MILLIS)
                    .withRequestTimeout(REQUEST_MILLIS)
                    .build())
            .build());
  }

  private static Config read(Path kubeconfig) throws ResourceException {
    RuntimeException cause = null;
    try {
      Config config = Config.fromKubeconfig(kubeconfig.toFile());
      if (config.getCurrentContext() != null) {
        return config;
      }
    } catch (
        RuntimeException
            e) { // the client throws exceptions of many types, even NullPointerException
      cause = e;
    }
    throw new ResourceException(
        "%s is not a kubeconfig with a current context: run 'vagrant provision', which writes that file again"
            .formatted(kubeconfig),
        cause);
  }

  /** The URL of the API server. */
  String address() {
    return client.getMasterUrl().toString();
  }

  /**
   * The Deployment and the pods of its newest ReplicaSet, or empty if there is no such Deployment.
   *
   * @throws KubernetesClientException if the API server does not answer, or refuses the request
   */
  Optional<RolloutSnapshot> snapshot(String namespace, String name) {
    Deployment deployment = client.apps().deployments().inNamespace(namespace).withName(name).get();
    if (deployment == null) {
      return Optional.empty();
    }
    Map<String, String> labels = deployment.getSpec().getSelector().getMatchLabels();
    Optional<ReplicaSet> newest =
        client
            .apps()
            .replicaSets()
            .inNamespace(namespace)
            .withLabels(labels)
            .list()
            .getItems()
            .stream()
            .filter(set -> isOwnedBy(set, deployment))
            .max(Comparator.comparing(KubernetesApi::revision));
    List<Pod> pods =
        newest
            .map(
                set ->
                    client
                        .pods()
                        .inNamespace(namespace)
                        .withLabels(labels)
                        .list()
                        .getItems()
                        .stream()
                        .filter(pod -> isOwnedBy(pod, set))
                        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                        .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                        .toList())
            .orElse(List.of());
    return Optional.of(new RolloutSnapshot(deployment, pods));
  }

  private static boolean isOwnedBy(HasMetadata resource, HasMetadata owner) {
    return resource.getMetadata().getOwnerReferences().stream()
        .anyMatch(reference -> reference.getUid().equals(owner.getMetadata().getUid()));
  }

  private static long revision(ReplicaSet set) {
    Map<String, String> annotations = set.getMetadata().getAnnotations();
    return annotations == null ? 0 : Long.parseLong(annotations.getOrDefault(REVISION, "0"));
  }

  @Override
  public void close() {
    client.close();
  }
}
