package mlopsprimer.infra.resources;

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
import mlopsprimer.contract.AppPod;
import mlopsprimer.infra.config.ClusterSettings;
import mlopsprimer.infra.config.Nodes;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.config.StoreSettings;
import mlopsprimer.infra.nodeprovider.ClaimableVolume;
import mlopsprimer.infra.nodeprovider.NodeDirectory;

/**
 * The volume of the model store: a directory on one node, a local PersistentVolume on that
 * directory, and a claim. The volume names the claim, and the claim names the volume. So no other
 * claim can bind the volume. Both bind again if the stack is destroyed and created again.
 */
final class NodeVolume extends ComponentResource implements StoreVolume {
  /** The name of the volume and the storage class in Pulumi's state. */
  private static final String VOLUME = "mlops-primer-store";

  private static final Labels LABELS = Labels.of("store");

  /**
   * A timeout for deletions that is shorter than that of other objects. Kubernetes protects a
   * volume in use, and removes the protection a moment after the last pod that uses the volume has
   * ended. The provider plugin may miss the deletion.
   */
  private static final CustomTimeouts TIMEOUTS =
      CustomTimeouts.builder().delete(Duration.ofSeconds(30)).build();

  /** Annotation with the uid of the claim that was deleted before this one was created. */
  private static final String PREDECESSOR = "mlops-primer/predecessor";

  private final StackConfig config;
  private final Cluster cluster;
  private final String node;
  private final NodeDirectory directory;
  private final PersistentVolumeClaim claim;

  NodeVolume(StackConfig config, Nodes nodes, Cluster cluster) {
    super("mlops-primer:infra:StoreVolume", "store");
    this.config = config;
    this.cluster = cluster;
    node = nodes.ofStore().name();
    directory = directory();
    claim = claim(claimable(volume(storageClass())));
    registerOutputs(Map.of());
  }

  @Override
  public PersistentVolumeClaim claim() {
    return claim;
  }

  /**
   * An annotation that changes if the directory was lost and created again. Kubernetes then
   * replaces the pods that still mount the lost directory.
   */
  @Override
  public Output<Map<String, String>> annotations() {
    return directory.made().applyValue(made -> Map.of("mlops-primer/store-made", made));
  }

  /** The node and the path of the directory, such as kube-worker-1:/var/lib/mlops-primer. */
  @Override
  public Output<String> location() {
    return Output.of(node + ":" + path());
  }

  private String path() {
    return config.get(StoreSettings.STORAGE_PATH);
  }

  private String size() {
    return config.get(StoreSettings.STORAGE_SIZE).toString();
  }

  private NodeDirectory directory() {
    return new NodeDirectory(
        "store",
        new NodeDirectory.Args(
            node,
            path(),
            size(),
            AppPod.USER_ID,
            config.get(StoreSettings.KEEP_MODELS),
            cluster.owner(),
            config.get(ClusterSettings.ADOPT),
            AppPod.MODEL_FILE,
            config.cluster().sshConfig()),
        CustomResourceOptions.builder().parent(this).build());
  }

  /**
   * A storage class without a provisioner that binds immediately. With WaitForFirstConsumer, the
   * provider plugin would wait for the claim, which would bind only when a pod uses it.
   */
  private StorageClass storageClass() {
    return new StorageClass(
        VOLUME,
        StorageClassArgs.builder()
            .metadata(cluster.objects().clusterScoped(config.volume(), LABELS, Map.of()))
            .provisioner("kubernetes.io/no-provisioner")
            .volumeBindingMode("Immediate")
            .build(),
        cluster.optionsBuilder(this).build());
  }

  private PersistentVolume volume(StorageClass storageClass) {
    return new PersistentVolume(
        VOLUME,
        PersistentVolumeArgs.builder()
            // The plugin would wait until a claim has bound the volume.
            .metadata(
                cluster
                    .objects()
                    .clusterScoped(config.volume(), LABELS, KubernetesObjects.NOT_AWAITED))
            .spec(
                PersistentVolumeSpecArgs.builder()
                    .capacity(Map.of("storage", size()))
                    .accessModes("ReadWriteOnce")
                    .persistentVolumeReclaimPolicy("Retain")
                    .storageClassName(config.volume())
                    .local(LocalVolumeSourceArgs.builder().path(path()).build())
                    .claimRef(
                        ObjectReferenceArgs.builder()
                            .namespace(config.namespace())
                            .name(CLAIM)
                            .build())
                    .nodeAffinity(VolumeNodeAffinityArgs.builder().required(onNode()).build())
                    .build())
            .build(),
        cluster
            .optionsBuilder(this)
            .dependsOn(directory, storageClass, cluster.namespace())
            .customTimeouts(TIMEOUTS)
            .deleteBeforeReplace(true)
            .build());
  }

  private ClaimableVolume claimable(PersistentVolume volume) {
    return new ClaimableVolume(
        "store",
        new ClaimableVolume.Args(cluster.access(), config.volume(), config.namespace(), CLAIM),
        CustomResourceOptions.builder()
            .parent(this)
            .dependsOn(volume, cluster.namespace())
            .build());
  }

  /** The claim. If it is deleted, its annotation changes, and the claim is created again. */
  private PersistentVolumeClaim claim(ClaimableVolume volume) {
    return new PersistentVolumeClaim(
        CLAIM,
        PersistentVolumeClaimArgs.builder()
            .metadata(
                volume
                    .lost()
                    .applyValue(
                        lost -> cluster.objects().metadata(CLAIM, LABELS, predecessor(lost))))
            .spec(
                PersistentVolumeClaimSpecArgs.builder()
                    .accessModes("ReadWriteOnce")
                    .storageClassName(config.volume())
                    .volumeName(config.volume())
                    .resources(
                        ResourceRequirementsArgs.builder()
                            .requests(Map.of("storage", size()))
                            .build())
                    .build())
            .build(),
        cluster
            .optionsBuilder(this)
            .dependsOn(volume)
            .customTimeouts(TIMEOUTS)
            .replaceOnChanges("metadata.annotations[\"%s\"]".formatted(PREDECESSOR))
            .deleteBeforeReplace(true)
            .build());
  }

  private static Map<String, String> predecessor(String lost) {
    return lost.equals(ClaimableVolume.NONE) ? Map.of() : Map.of(PREDECESSOR, lost);
  }

  private NodeSelectorArgs onNode() {
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
