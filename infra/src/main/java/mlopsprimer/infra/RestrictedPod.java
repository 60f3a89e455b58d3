package mlopsprimer.infra;

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

/**
 * What both apps' pods have in common: all that the Pod Security Standard "restricted" asks for, no
 * token, nothing writable but /tmp, and the models at /models.
 */
final class RestrictedPod {
  static final int USER = 10_001;
  static final String MODELS = "/models";

  private RestrictedPod() {}

  /** A pod that had the models before they were lost with their directory still has those. */
  static ObjectMetaArgs metadata(Labels labels, ModelStorage storage) {
    return ObjectMetaArgs.builder()
        .labels(labels.all())
        .annotations(storage.made().applyValue(made -> Map.of("mlops-primer/models-made", made)))
        .build();
  }

  static PodSpecArgs.Builder spec(boolean modelsReadOnly) {
    return PodSpecArgs.builder()
        .automountServiceAccountToken(false)
        .enableServiceLinks(false)
        .securityContext(
            PodSecurityContextArgs.builder()
                .runAsNonRoot(true)
                .runAsUser(USER)
                .runAsGroup(USER)
                .fsGroup(USER)
                .fsGroupChangePolicy("OnRootMismatch")
                .seccompProfile(SeccompProfileArgs.builder().type("RuntimeDefault").build())
                .build())
        .volumes(
            VolumeArgs.builder()
                .name("models")
                .persistentVolumeClaim(
                    PersistentVolumeClaimVolumeSourceArgs.builder()
                        .claimName(ModelStorage.CLAIM)
                        .readOnly(modelsReadOnly)
                        .build())
                .build(),
            VolumeArgs.builder()
                .name("tmp")
                .emptyDir(EmptyDirVolumeSourceArgs.builder().sizeLimit("64Mi").build())
                .build());
  }

  static ContainerArgs.Builder container(String name, boolean modelsReadOnly, Resources resources) {
    return ContainerArgs.builder()
        .name(name)
        .imagePullPolicy("IfNotPresent")
        .resources(resources.requirements())
        .terminationMessagePolicy("FallbackToLogsOnError")
        .securityContext(
            SecurityContextArgs.builder()
                .allowPrivilegeEscalation(false)
                .readOnlyRootFilesystem(true)
                .runAsNonRoot(true)
                .runAsUser(USER)
                .runAsGroup(USER)
                .capabilities(CapabilitiesArgs.builder().drop("ALL").build())
                .build())
        .volumeMounts(
            VolumeMountArgs.builder()
                .name("models")
                .mountPath(MODELS)
                .readOnly(modelsReadOnly)
                .build(),
            VolumeMountArgs.builder().name("tmp").mountPath("/tmp").build());
  }
}
