package mlopsprimer.nodeprovider.rollout;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mlopsprimer.nodeprovider.kubernetes.Kubeconfig;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/** A client of one cluster's Kubernetes API, for the objects of a rollout. */
final class KubernetesApi implements AutoCloseable {
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
  static KubernetesApi connect(Kubeconfig.Cluster kubeconfig) throws ResourceException {
    return new KubernetesApi(Kubeconfig.connect(kubeconfig));
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

  /** The Service, or empty if there is none of this name. */
  Optional<Service> service(String namespace, String name) {
    return Optional.ofNullable(client.services().inNamespace(namespace).withName(name).get());
  }

  /** An address of one of the nodes: one outside the cluster's network, if a node has one. */
  Optional<String> addressOfNode() {
    List<Node> nodes = client.nodes().list().getItems();
    return Stream.of("ExternalIP", "InternalIP")
        .flatMap(
            type ->
                nodes.stream()
                    .flatMap(node -> node.getStatus().getAddresses().stream())
                    .filter(address -> address.getType().equals(type)))
        .map(NodeAddress::getAddress)
        .findFirst();
  }

  /**
   * The answer of a Service to a GET request, which the API server passes on.
   *
   * @param port name of the Service's port
   */
  String get(String namespace, String service, String port, String path) {
    return client.raw(
        "/api/v1/namespaces/%s/services/%s:%s/proxy%s".formatted(namespace, service, port, path));
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
