package mlopsprimer.infra.resources;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.PersistentVolumeClaim;
import com.pulumi.kubernetes.core.v1.PersistentVolumeClaimArgs;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeClaimSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ResourceRequirementsArgs;
import com.pulumi.resources.ComponentResource;
import java.util.Map;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.config.StoreSettings;

/** A volume that a StorageClass of the cluster provisions for a claim. */
final class ProvisionedVolume extends ComponentResource implements StoreVolume {
  private static final Labels LABELS = Labels.of("store");

  private final StackConfig config;
  private final PersistentVolumeClaim claim;

  ProvisionedVolume(StackConfig config, Cluster cluster) {
    super("mlops-primer:infra:StoreVolume", "store");
    this.config = config;
    claim =
        new PersistentVolumeClaim(
            CLAIM,
            PersistentVolumeClaimArgs.builder()
                // Many classes bind a claim only when a pod uses it. The plugin would wait for
                // that.
                .metadata(cluster.objects().metadata(CLAIM, LABELS, KubernetesObjects.NOT_AWAITED))
                .spec(
                    PersistentVolumeClaimSpecArgs.builder()
                        .accessModes(config.get(StoreSettings.ACCESS_MODE).toString())
                        .storageClassName(storageClass())
                        .resources(
                            ResourceRequirementsArgs.builder()
                                .requests(
                                    Map.of(
                                        "storage",
                                        config.get(StoreSettings.STORAGE_SIZE).toString()))
                                .build())
                        .build())
                .build(),
            cluster.optionsBuilder(this).dependsOn(cluster.namespace()).build());
    registerOutputs(Map.of());
  }

  private String storageClass() {
    return config.get(StoreSettings.STORAGE_CLASS).orElseThrow();
  }

  @Override
  public PersistentVolumeClaim claim() {
    return claim;
  }

  @Override
  public Output<Map<String, String>> annotations() {
    return Output.of(Map.of());
  }

  /** The claim and its class, such as claim mlops-primer/store (gp3). */
  @Override
  public Output<String> location() {
    return Output.of("claim %s/%s (%s)".formatted(config.namespace(), CLAIM, storageClass()));
  }
}
