package mlopsprimer.infra.resources;

import com.pulumi.kubernetes.core.v1.inputs.CapabilitiesArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.EmptyDirVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeClaimVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSecurityContextArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.SeccompProfileArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecurityContextArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeMountArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import java.util.Map;
import mlopsprimer.contract.AppPod;
import mlopsprimer.infra.config.App;
import mlopsprimer.infra.config.ContainerLimits;
import mlopsprimer.infra.config.JvmHeap;
import mlopsprimer.infra.config.StackConfig;

/**
 * The parts of the pod specification that both apps share. The pods meet the Pod Security Standard
 * "restricted", have a read-only root file system and no service account token, can write to /tmp,
 * and mount the model store at {@link AppPod#STORE_PATH}.
 *
 * @param readsStoreOnly whether the pod mounts the model store read-only
 */
record RestrictedPod(App app, boolean readsStoreOnly) {
  private static final String STORE = "store";
  private static final String TEMPORARY = "tmp";

  /**
   * Metadata of the pod template. The annotation changes if the directory of the model store was
   * lost and created again. Kubernetes then replaces the pods that still mount the lost directory.
   */
  ObjectMetaArgs metadata(Labels labels, StackConfig config, StoreVolume store) {
    return ObjectMetaArgs.builder()
        .labels(labels.all(config))
        .annotations(store.made().applyValue(made -> Map.of("mlops-primer/store-made", made)))
        .build();
  }

  PodSpecArgs.Builder spec() {
    return PodSpecArgs.builder()
        .automountServiceAccountToken(false)
        .enableServiceLinks(false)
        .securityContext(
            PodSecurityContextArgs.builder()
                .runAsNonRoot(true)
                .runAsUser(AppPod.USER_ID)
                .runAsGroup(AppPod.USER_ID)
                .fsGroup(AppPod.USER_ID)
                .fsGroupChangePolicy("OnRootMismatch")
                .seccompProfile(SeccompProfileArgs.builder().type("RuntimeDefault").build())
                .build())
        .volumes(
            VolumeArgs.builder()
                .name(STORE)
                .persistentVolumeClaim(
                    PersistentVolumeClaimVolumeSourceArgs.builder()
                        .claimName(StoreVolume.CLAIM)
                        .readOnly(readsStoreOnly)
                        .build())
                .build(),
            VolumeArgs.builder()
                .name(TEMPORARY)
                .emptyDir(EmptyDirVolumeSourceArgs.builder().sizeLimit("64Mi").build())
                .build());
  }

  /** The app's container. The memory limit determines the size of its heap. */
  ContainerArgs.Builder container(StackConfig config, Images images) {
    ContainerLimits limits = config.limits(app);
    return ContainerArgs.builder()
        .name(app.label())
        .image(images.of(app).reference())
        .imagePullPolicy("IfNotPresent")
        .command(JvmHeap.command(app, limits.memory()))
        .resources(limits.requirements())
        .terminationMessagePolicy("FallbackToLogsOnError")
        .securityContext(
            SecurityContextArgs.builder()
                .allowPrivilegeEscalation(false)
                .readOnlyRootFilesystem(true)
                .runAsNonRoot(true)
                .runAsUser(AppPod.USER_ID)
                .runAsGroup(AppPod.USER_ID)
                .capabilities(CapabilitiesArgs.builder().drop("ALL").build())
                .build())
        .volumeMounts(
            VolumeMountArgs.builder()
                .name(STORE)
                .mountPath(AppPod.STORE_PATH)
                .readOnly(readsStoreOnly)
                .build(),
            VolumeMountArgs.builder().name(TEMPORARY).mountPath("/tmp").build());
  }
}
