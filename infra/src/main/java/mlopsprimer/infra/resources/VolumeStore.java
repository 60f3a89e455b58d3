package mlopsprimer.infra.resources;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.inputs.AffinityArgs;
import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.resources.Resource;
import java.util.List;
import java.util.Optional;
import mlopsprimer.contract.AppPod;
import mlopsprimer.infra.config.AccessMode;
import mlopsprimer.infra.config.App;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.config.StoreSettings;

/** A model store on a volume, which the pods of both apps mount. The API mounts it read-only. */
final class VolumeStore implements Store {
  private final StackConfig config;
  private final StoreVolume volume;

  VolumeStore(StackConfig config, StoreVolume volume) {
    this.config = config;
    this.volume = volume;
  }

  @Override
  public List<Resource> ready() {
    return List.of(volume.claim());
  }

  @Override
  public PodStore of(App app) {
    boolean readOnly = app == App.API;
    return new PodStore(
        List.of(StoreVolume.volume(readOnly)),
        List.of(StoreVolume.mount(AppPod.STORE_PATH, readOnly)),
        List.of(),
        volume.annotations(),
        Optional.empty(),
        affinity());
  }

  @Override
  public Output<String> location() {
    return volume.location();
  }

  /** The uid of the claim: pods of a claim that was deleted have a volume that nobody else sees. */
  @Override
  public Output<String> generation() {
    return volume.claim().metadata().applyValue(metadata -> metadata.uid().orElse(""));
  }

  /** All pods of the stack run on one node if only one node can mount the volume. */
  private Optional<AffinityArgs> affinity() {
    if (config.usesVolumeOfNode()
        || config.get(StoreSettings.ACCESS_MODE) == AccessMode.ALL_NODES) {
      return Optional.empty();
    }
    return Optional.of(
        Placement.onTheNodeOf(
            LabelSelectorArgs.builder().matchLabels(Labels.ofStack(config)).build()));
  }
}
