package mlopsprimer.infra.resources;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.PersistentVolumeClaim;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeClaimVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeMountArgs;
import java.util.Map;

/** The volume that holds the models, and the claim by which pods mount it. */
interface StoreVolume {
  /** Name of the claim. */
  String CLAIM = "store";

  /** The claim. An object whose pods use the volume depends on it. */
  PersistentVolumeClaim claim();

  /** Annotations of the pods that mount the volume. */
  Output<Map<String, String>> annotations();

  /** Where the volume is, in words. */
  Output<String> location();

  /** The volume in the specification of a pod. */
  static VolumeArgs volume(boolean readOnly) {
    return VolumeArgs.builder()
        .name(CLAIM)
        .persistentVolumeClaim(
            PersistentVolumeClaimVolumeSourceArgs.builder()
                .claimName(CLAIM)
                .readOnly(readOnly)
                .build())
        .build();
  }

  /** The volume in the specification of a container. */
  static VolumeMountArgs mount(String path, boolean readOnly) {
    return VolumeMountArgs.builder().name(CLAIM).mountPath(path).readOnly(readOnly).build();
  }
}
