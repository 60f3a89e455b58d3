package mlopsprimer.infra.resources;

import java.util.Optional;
import mlopsprimer.infra.config.Nodes;
import mlopsprimer.infra.config.StackConfig;

/** Creates the model store that the setting {@code store} names. */
public final class Stores {
  private Stores() {}

  /**
   * Creates the store.
   *
   * @param nodes the nodes, if the stack changes something on them
   */
  public static Store of(
      StackConfig config, Optional<Nodes> nodes, Cluster cluster, Images images) {
    return switch (config.store().kind()) {
      case VOLUME -> new VolumeStore(config, volume(config, nodes, cluster));
      case S3_IN_CLUSTER -> new S3Server(config, cluster, images, volume(config, nodes, cluster));
      case S3 -> new S3Bucket(config, cluster);
    };
  }

  private static StoreVolume volume(StackConfig config, Optional<Nodes> nodes, Cluster cluster) {
    return config.usesVolumeOfNode()
        ? new NodeVolume(config, nodes.orElseThrow(), cluster)
        : new ProvisionedVolume(config, cluster);
  }
}
