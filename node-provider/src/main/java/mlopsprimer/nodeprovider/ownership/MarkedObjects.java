package mlopsprimer.nodeprovider.ownership;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mlopsprimer.contract.StackOwner;
import mlopsprimer.nodeprovider.rpc.Log;
import mlopsprimer.nodeprovider.rpc.ResourceException;
import mlopsprimer.nodeprovider.takeover.Takeover;

/**
 * The objects of a stack that carry its mark: the namespace, the PersistentVolume and the
 * StorageClass. All other objects are in the namespace.
 */
final class MarkedObjects {
  private static final Duration DELETED = Duration.ofMinutes(1);
  private static final int LOWEST_PORT = 30_000;
  private static final int HIGHEST_PORT = 32_767;

  private final KubernetesClient cluster;
  private final OwnershipArgs args;
  private final Map<String, Resource<? extends HasMetadata>> objects = new LinkedHashMap<>();

  MarkedObjects(KubernetesClient cluster, OwnershipArgs args) {
    this.cluster = cluster;
    this.args = args;
    objects.put("namespace " + args.namespace(), cluster.namespaces().withName(args.namespace()));
    objects.put(
        "PersistentVolume " + args.volume(), cluster.persistentVolumes().withName(args.volume()));
    objects.put(
        "StorageClass " + args.volume(),
        cluster.storage().v1().storageClasses().withName(args.volume()));
  }

  /**
   * Fails if one of the objects exists and the stack may not use it, or if a Service of another
   * namespace has the stack's port.
   *
   * @throws ResourceException with the object, its owner and what to do
   */
  void requireUsable(Takeover takeover) throws ResourceException {
    Map<Integer, Service> ports = portsOfOthers();
    for (Map.Entry<String, Resource<? extends HasMetadata>> object : objects.entrySet()) {
      HasMetadata found = object.getValue().get();
      if (found != null) {
        takeover.require(
            "the " + object.getKey(),
            mark(found),
            OwnNames.of(takeover.owner(), args.namespace(), freePort(ports.keySet())).commands());
      }
    }
    requireFree("nodePort", args.nodePort(), ports);
    requireFree("mlflowNodePort", args.mlflowNodePort(), ports);
  }

  private void requireFree(String setting, Integer port, Map<Integer, Service> ports)
      throws ResourceException {
    Service other = port == null ? null : ports.get(port);
    if (other != null) {
      throw new ResourceException(
          "the port %d belongs to the Service %s of the namespace %s. Nothing was changed. Run 'pulumi config set %s %d', then 'pulumi up'"
              .formatted(
                  port,
                  other.getMetadata().getName(),
                  other.getMetadata().getNamespace(),
                  setting,
                  freePort(ports.keySet())));
    }
  }

  /**
   * Fails if the namespace carries the mark of another stack, which has taken it over.
   *
   * @throws ResourceException with the other stack and what to do
   */
  void requireNotTakenOver(StackOwner owner) throws ResourceException {
    Optional<StackOwner> found =
        Optional.<HasMetadata>ofNullable(cluster.namespaces().withName(args.namespace()).get())
            .flatMap(MarkedObjects::mark);
    if (found.isPresent() && !found.get().isSameStackAs(owner)) {
      throw new ResourceException(
          "the namespace %s belongs to the stack %s now, which has taken it over. 'pulumi destroy' of this stack would delete the objects of the other one. Run 'pulumi stack rm --force', which removes this stack from Pulumi's state and nothing else"
              .formatted(args.namespace(), found.get()));
    }
  }

  /** Deletes those of the objects that carry the mark, and waits until they are gone. */
  void deleteOf(StackOwner owner, Log log) {
    objects.forEach(
        (name, object) -> {
          HasMetadata found = object.get();
          if (found != null && mark(found).filter(owner::isSameStackAs).isPresent()) {
            log.info("deleting the %s, which an interrupted update left".formatted(name));
            object.delete();
            object.waitUntilCondition(
                deleted -> deleted == null, DELETED.toSeconds(), TimeUnit.SECONDS);
          }
        });
  }

  /** The ports of all nodes that Services of other namespaces have. */
  private Map<Integer, Service> portsOfOthers() {
    Map<Integer, Service> ports = new TreeMap<>();
    for (Service service : cluster.services().inAnyNamespace().list().getItems()) {
      if (!service.getMetadata().getNamespace().equals(args.namespace())) {
        service.getSpec().getPorts().stream()
            .filter(port -> port.getNodePort() != null)
            .forEach(port -> ports.put(port.getNodePort(), service));
      }
    }
    return ports;
  }

  private int freePort(Set<Integer> taken) {
    int least = args.nodePort() == null ? LOWEST_PORT : args.nodePort();
    return IntStream.rangeClosed(LOWEST_PORT, HIGHEST_PORT)
        .filter(port -> port > least && !taken.contains(port) && !isOwn(port))
        .findFirst()
        .orElse(LOWEST_PORT);
  }

  private boolean isOwn(Integer port) {
    return port.equals(args.nodePort()) || port.equals(args.mlflowNodePort());
  }

  private static Optional<StackOwner> mark(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(StackOwner.ANNOTATION))
        .flatMap(StackOwner::parse);
  }
}
