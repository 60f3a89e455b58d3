package mlopsprimer.infra.resources;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerPortArgs;
import com.pulumi.kubernetes.core.v1.inputs.EmptyDirVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.HTTPGetActionArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ProbeArgs;
import com.pulumi.kubernetes.core.v1.inputs.ResourceRequirementsArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeMountArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mlopsprimer.contract.AppPod;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.config.StoreChoice;

/**
 * The pod of the S3 server versitygw. Two processes serve the same directory. One has the
 * credentials of the trainer. The other has those of the API, and refuses every request that would
 * change something. A directory below the root is a bucket, and the volume is that directory.
 */
final class S3ServerPod {
  static final Labels LABELS = Labels.of("store");

  /** Name of the container that writes, and of its port. */
  static final String WRITER = "writer";

  static final int WRITER_PORT = 7070;

  /** Name of the container that only reads, and of its port. */
  static final String READER = "reader";

  static final int READER_PORT = 7071;

  private static final String ROOT = "/data";
  private static final String HEALTH = "/health";

  /** Memory that the server used with 1,000 objects and 8 clients: 37 MiB. */
  private static final Map<String, String> LIMITS =
      Map.of("cpu", "1", "memory", "128Mi", "ephemeral-storage", "64Mi");

  private static final Map<String, String> REQUESTS =
      Map.of("cpu", "50m", "memory", "64Mi", "ephemeral-storage", "16Mi");

  private S3ServerPod() {}

  /**
   * @param users the credentials of the writer and of the reader
   */
  static PodTemplateSpecArgs template(
      StackConfig config, Images images, StoreVolume volume, List<S3Access> users) {
    Output<String> image = images.server();
    return PodTemplateSpecArgs.builder()
        .metadata(
            ObjectMetaArgs.builder()
                .labels(LABELS.all(config))
                .annotations(annotations(volume, users))
                .build())
        .spec(
            RestrictedPod.security(config)
                .containers(
                    container(image, users.get(0), WRITER, WRITER_PORT, false),
                    container(image, users.get(1), READER, READER_PORT, true))
                .volumes(
                    VolumeArgs.builder()
                        .name("root")
                        .emptyDir(EmptyDirVolumeSourceArgs.builder().sizeLimit("16Mi").build())
                        .build(),
                    StoreVolume.volume(false))
                .build())
        .build();
  }

  private static Output<Map<String, String>> annotations(StoreVolume volume, List<S3Access> users) {
    return Output.tuple(
            volume.annotations(), users.get(0).fingerprint(), users.get(1).fingerprint())
        .applyValue(
            found -> {
              Map<String, String> all = new HashMap<>(found.t1);
              all.put("mlops-primer/store-credentials", found.t2 + "-" + found.t3);
              return all;
            });
  }

  private static ContainerArgs container(
      Output<String> image, S3Access user, String name, int port, boolean readOnly) {
    List<String> arguments =
        new ArrayList<>(List.of("--port", ":" + port, "--health", HEALTH, "--quiet"));
    if (readOnly) {
      arguments.add("--readonly");
    }
    arguments.addAll(List.of("posix", ROOT));
    return ContainerArgs.builder()
        .name(name)
        .image(image)
        .imagePullPolicy("IfNotPresent")
        .command(AppPod.S3_SERVER)
        .args(arguments)
        .env(user.credentials().orElseThrow().environment("ROOT_ACCESS_KEY", "ROOT_SECRET_KEY"))
        .ports(ContainerPortArgs.builder().name(name).containerPort(port).build())
        .resources(ResourceRequirementsArgs.builder().requests(REQUESTS).limits(LIMITS).build())
        .terminationMessagePolicy("FallbackToLogsOnError")
        .securityContext(RestrictedPod.containerSecurity())
        .startupProbe(probe(name, 1, 60))
        .readinessProbe(probe(name, 5, 2))
        .livenessProbe(probe(name, 10, 3))
        .volumeMounts(
            VolumeMountArgs.builder().name("root").mountPath(ROOT).build(),
            StoreVolume.mount(ROOT + "/" + StoreChoice.OWN_BUCKET, readOnly))
        .build();
  }

  private static ProbeArgs probe(String port, int periodSeconds, int failures) {
    return ProbeArgs.builder()
        .httpGet(HTTPGetActionArgs.builder().path(HEALTH).port(port).build())
        .periodSeconds(periodSeconds)
        .timeoutSeconds(2)
        .failureThreshold(failures)
        .build();
  }
}
