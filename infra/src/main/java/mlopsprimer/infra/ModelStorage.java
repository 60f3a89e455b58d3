package mlopsprimer.infra;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.PersistentVolume;
import com.pulumi.kubernetes.core.v1.PersistentVolumeArgs;
import com.pulumi.kubernetes.core.v1.PersistentVolumeClaim;
import com.pulumi.kubernetes.core.v1.PersistentVolumeClaimArgs;
import com.pulumi.kubernetes.core.v1.inputs.LocalVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.NodeSelectorArgs;
import com.pulumi.kubernetes.core.v1.inputs.NodeSelectorRequirementArgs;
import com.pulumi.kubernetes.core.v1.inputs.NodeSelectorTermArgs;
import com.pulumi.kubernetes.core.v1.inputs.ObjectReferenceArgs;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeClaimSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ResourceRequirementsArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeNodeAffinityArgs;
import com.pulumi.kubernetes.storage.v1.StorageClass;
import com.pulumi.kubernetes.storage.v1.StorageClassArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.CustomTimeouts;
import java.time.Duration;
import java.util.Map;
import mlopsprimer.infra.nodeprovider.NodeDirectory;

/**
 * The models' volume: a directory on the first worker, and a claim that is bound to it before
 * either exists, so that no other claim gets it and the same two find each other after a destroy.
 */
final class ModelStorage extends ComponentResource {
  static final String CLAIM = "models";
  private static final String VOLUME = "mlops-primer-models";
  private static final Labels LABELS = Labels.of("storage");

  /**
   * Shorter than elsewhere: the protection of volumes in use keeps these two for an instant when
   * they are deleted, and that is what the plugin may miss.
   */
  private static final CustomTimeouts TIMEOUTS =
      CustomTimeouts.builder().delete(Duration.ofSeconds(30)).build();

  private final PersistentVolumeClaim claim;
  private final NodeDirectory directory;
  private final String node;
  private final String path;

  ModelStorage(StackConfig config, Nodes nodes, Cluster cluster) {
    super("primer:infra:ModelStorage", "models");
    node = nodes.first().name();
    path = config.storagePath();
    directory =
        new NodeDirectory(
            "models",
            new NodeDirectory.Args(
                node,
                path,
                config.storageSize(),
                RestrictedPod.USER,
                config.keepModels(),
                config.sshConfig().toString()),
            CustomResourceOptions.builder().parent(this).build());
    StorageClass storageClass = storageClass(cluster);
    PersistentVolume volume = volume(config, cluster, storageClass);
    claim = claim(config, cluster, volume);
    registerOutputs(Map.of());
  }

  /** What waits for the volume to be usable. */
  PersistentVolumeClaim claim() {
    return claim;
  }

  /** Another one when the models that were there are lost. */
  Output<String> made() {
    return directory.made();
  }

  Output<String> location() {
    return Output.of(node + ":" + path);
  }

  /** Immediate: with WaitForFirstConsumer the claim would never be ready before a pod wants it. */
  private StorageClass storageClass(Cluster cluster) {
    return new StorageClass(
        VOLUME,
        StorageClassArgs.builder()
            .metadata(Cluster.clusterScoped(VOLUME, LABELS).build())
            .provisioner("kubernetes.io/no-provisioner")
            .volumeBindingMode("Immediate")
            .build(),
        cluster.options(this));
  }

  private PersistentVolume volume(StackConfig config, Cluster cluster, StorageClass storageClass) {
    return new PersistentVolume(
        VOLUME,
        PersistentVolumeArgs.builder()
            .metadata(Cluster.clusterScoped(VOLUME, LABELS).build())
            .spec(
                PersistentVolumeSpecArgs.builder()
                    .capacity(Map.of("storage", config.storageSize()))
                    .accessModes("ReadWriteOnce")
                    .persistentVolumeReclaimPolicy("Retain")
                    .storageClassName(VOLUME)
                    .local(LocalVolumeSourceArgs.builder().path(path).build())
                    .claimRef(
                        ObjectReferenceArgs.builder()
                            .namespace(Cluster.NAMESPACE)
                            .name(CLAIM)
                            .build())
                    .nodeAffinity(VolumeNodeAffinityArgs.builder().required(onlyOn(node)).build())
                    .build())
            .build(),
        cluster
            .optionsBuilder(this)
            .dependsOn(directory, storageClass, cluster.ready())
            .customTimeouts(TIMEOUTS)
            .deleteBeforeReplace(true)
            .build());
  }

  private PersistentVolumeClaim claim(
      StackConfig config, Cluster cluster, PersistentVolume volume) {
    return new PersistentVolumeClaim(
        CLAIM,
        PersistentVolumeClaimArgs.builder()
            .metadata(Cluster.metadata(CLAIM, LABELS))
            .spec(
                PersistentVolumeClaimSpecArgs.builder()
                    .accessModes("ReadWriteOnce")
                    .storageClassName(VOLUME)
                    .volumeName(VOLUME)
                    .resources(
                        ResourceRequirementsArgs.builder()
                            .requests(Map.of("storage", config.storageSize()))
                            .build())
                    .build())
            .build(),
        cluster
            .optionsBuilder(this)
            .dependsOn(volume)
            .customTimeouts(TIMEOUTS)
            .deleteBeforeReplace(true)
            .build());
  }

  private static NodeSelectorArgs onlyOn(String node) {
    return NodeSelectorArgs.builder()
        .nodeSelectorTerms(
            NodeSelectorTermArgs.builder()
                .matchExpressions(
                    NodeSelectorRequirementArgs.builder()
                        .key("kubernetes.io/hostname")
                        .operator("In")
                        .values(node)
                        .build())
                .build())
        .build();
  }
}
