package mlopsprimer.nodeprovider.ownership;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

  private final Map<String, Resource<? extends HasMetadata>> objects = new LinkedHashMap<>();

  MarkedObjects(KubernetesClient cluster, OwnershipArgs args) {
    objects.put("namespace " + args.namespace(), cluster.namespaces().withName(args.namespace()));
    objects.put(
        "PersistentVolume " + args.volume(), cluster.persistentVolumes().withName(args.volume()));
    objects.put(
        "StorageClass " + args.volume(),
        cluster.storage().v1().storageClasses().withName(args.volume()));
  }

  /**
   * Fails if one of the objects exists and the stack may not use it.
   *
   * @throws ResourceException with the object, its owner and what to do
   */
  void requireUsable(Takeover takeover) throws ResourceException {
    for (Map.Entry<String, Resource<? extends HasMetadata>> object : objects.entrySet()) {
      HasMetadata found = object.getValue().get();
      if (found != null) {
        takeover.require("the " + object.getKey(), mark(found));
      }
    }
  }

  /** Deletes those of the objects that carry the mark, and waits until they are gone. */
  void deleteOf(StackOwner owner, Log log) {
    objects.forEach(
        (name, object) -> {
          HasMetadata found = object.get();
          if (found != null && mark(found).equals(Optional.of(owner))) {
            log.info("deleting the %s, which an interrupted update left".formatted(name));
            object.delete();
            object.waitUntilCondition(
                deleted -> deleted == null, DELETED.toSeconds(), TimeUnit.SECONDS);
          }
        });
  }

  private static Optional<StackOwner> mark(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(StackOwner.ANNOTATION))
        .flatMap(StackOwner::parse);
  }
}
