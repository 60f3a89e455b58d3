package mlopsprimer.infra.resources;

import com.pulumi.kubernetes.core.v1.inputs.CapabilitiesArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.EmptyDirVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.kubernetes.core.v1.inputs.LocalObjectReferenceArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSecurityContextArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.SeccompProfileArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecurityContextArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeMountArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import java.util.ArrayList;
import java.util.List;
import mlopsprimer.contract.AppPod;
import mlopsprimer.infra.config.App;
import mlopsprimer.infra.config.ContainerLimits;
import mlopsprimer.infra.config.ImageSettings;
import mlopsprimer.infra.config.JvmHeap;
import mlopsprimer.infra.config.StackConfig;

/**
 * The parts of the pod specification that both apps share. The pods meet the Pod Security Standard
 * "restricted", have a read-only root file system and no service account token, can write to /tmp,
 * and reach the model store.
 */
record RestrictedPod(App app, StackConfig config, PodStore store) {
  private static final String TEMPORARY = "tmp";

  RestrictedPod(App app, StackConfig config, Store store) {
    this(app, config, store.of(app));
  }

  /** Metadata of the pod template. */
  ObjectMetaArgs metadata(Labels labels) {
    return ObjectMetaArgs.builder()
        .labels(labels.all(config))
        .annotations(store.annotations())
        .build();
  }

  PodSpecArgs.Builder spec() {
    List<VolumeArgs> volumes = new ArrayList<>(store.volumes());
    volumes.add(
        VolumeArgs.builder()
            .name(TEMPORARY)
            .emptyDir(EmptyDirVolumeSourceArgs.builder().sizeLimit("64Mi").build())
            .build());
    PodSpecArgs.Builder spec = security(config).volumes(volumes);
    store.serviceAccount().ifPresent(spec::serviceAccountName);
    store.affinity().ifPresent(spec::affinity);
    return spec;
  }

  /** A pod that meets the standard, without containers and volumes. */
  static PodSpecArgs.Builder security(StackConfig config) {
    PodSpecArgs.Builder spec =
        PodSpecArgs.builder()
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
                    .build());
    config
        .get(ImageSettings.IMAGE_PULL_SECRET)
        .ifPresent(
            name -> spec.imagePullSecrets(LocalObjectReferenceArgs.builder().name(name).build()));
    return spec;
  }

  /**
   * The app's container. The memory limit determines the size of its heap.
   *
   * @param variables environment variables beside those of the store
   */
  ContainerArgs.Builder container(Images images, List<EnvVarArgs> variables) {
    List<EnvVarArgs> environment = new ArrayList<>(variables);
    environment.addAll(store.environment());
    ContainerLimits limits = config.limits(app);
    List<VolumeMountArgs> mounts = new ArrayList<>(store.mounts());
    mounts.add(VolumeMountArgs.builder().name(TEMPORARY).mountPath("/tmp").build());
    ContainerArgs.Builder container =
        ContainerArgs.builder()
            .name(app.label())
            .image(images.of(app).image())
            .imagePullPolicy("IfNotPresent")
            .command(JvmHeap.command(app, limits.memory()))
            .resources(limits.requirements())
            .terminationMessagePolicy("FallbackToLogsOnError")
            .securityContext(containerSecurity())
            .volumeMounts(mounts);
    if (!environment.isEmpty()) {
      container.env(environment);
    }
    return container;
  }

  /** A container that meets the standard. */
  static SecurityContextArgs containerSecurity() {
    return SecurityContextArgs.builder()
        .allowPrivilegeEscalation(false)
        .readOnlyRootFilesystem(true)
        .runAsNonRoot(true)
        .runAsUser(AppPod.USER_ID)
        .runAsGroup(AppPod.USER_ID)
        .capabilities(CapabilitiesArgs.builder().drop("ALL").build())
        .build();
  }
}
