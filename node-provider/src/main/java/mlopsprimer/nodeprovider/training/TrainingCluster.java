package mlopsprimer.nodeprovider.training;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.Optional;
import mlopsprimer.nodeprovider.kubernetes.Kubeconfig;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/** A client of one cluster's Kubernetes API, for the Job and the pods of a training. */
final class TrainingCluster implements AutoCloseable {
  private static final String JOB_NAME = "batch.kubernetes.io/job-name";

  private final KubernetesClient client;
  private final String namespace;

  private TrainingCluster(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /**
   * Creates a client from a kubeconfig. The first request connects to the API server.
   *
   * @throws ResourceException if the file cannot be used as a kubeconfig
   */
  static TrainingCluster connect(Kubeconfig.Cluster kubeconfig, String namespace)
      throws ResourceException {
    return new TrainingCluster(Kubeconfig.connect(kubeconfig), namespace);
  }

  /** The URL of the API server. */
  String address() {
    return client.getMasterUrl().toString();
  }

  /**
   * The Job and its pods, or empty if there is no such Job.
   *
   * @throws KubernetesClientException if the API server does not answer, or refuses the request
   */
  Optional<TrainingSnapshot> snapshot(String name) {
    Job job = client.batch().v1().jobs().inNamespace(namespace).withName(name).get();
    if (job == null) {
      return Optional.empty();
    }
    return Optional.of(
        new TrainingSnapshot(
            job,
            client
                .pods()
                .inNamespace(namespace)
                .withLabel(JOB_NAME, name)
                .list()
                .getItems()
                .stream()
                .filter(
                    pod ->
                        pod.getMetadata().getOwnerReferences().stream()
                            .anyMatch(owner -> owner.getUid().equals(job.getMetadata().getUid())))
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
                .toList()));
  }

  /** Why the Job controller could not create a pod, most recently; empty if it could. */
  Optional<Event> failedCreate(Job job) {
    return client
        .v1()
        .events()
        .inNamespace(namespace)
        .withField("involvedObject.uid", job.getMetadata().getUid())
        .list()
        .getItems()
        .stream()
        .filter(event -> "FailedCreate".equals(event.getReason()))
        .max(Comparator.comparing(event -> String.valueOf(event.getLastTimestamp())));
  }

  @Override
  public void close() {
    client.close();
  }
}
