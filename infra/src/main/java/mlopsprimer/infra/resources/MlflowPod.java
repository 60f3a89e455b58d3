package mlopsprimer.infra.resources;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.inputs.AffinityArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerPortArgs;
import com.pulumi.kubernetes.core.v1.inputs.EmptyDirVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.kubernetes.core.v1.inputs.HTTPGetActionArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ProbeArgs;
import com.pulumi.kubernetes.core.v1.inputs.ResourceRequirementsArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeMountArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.infra.config.AccessMode;
import mlopsprimer.infra.config.App;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.config.StoreChoice;
import mlopsprimer.infra.config.StoreSettings;

/**
 * The pod of the MLflow server: one process with one worker. It sees the directory mlflow of the
 * stack's volume and not the model store. It passes artifacts on to the bucket of the store, so
 * that its clients need no credentials of the bucket.
 */
final class MlflowPod {
  /** Name of the container, of its port, and of the directory on the volume. */
  static final String NAME = "mlflow";

  static final int PORT = 5000;

  static final String HEALTH = "/health";

  private static final String DATA = "/data";

  /** Memory that the server used after its start with one worker: 350 MiB. */
  private static final Map<String, String> LIMITS =
      Map.of("cpu", "1", "memory", "1Gi", "ephemeral-storage", "512Mi");

  private static final Map<String, String> REQUESTS =
      Map.of("cpu", "100m", "memory", "384Mi", "ephemeral-storage", "64Mi");

  private final StackConfig config;
  private final Store models;
  private final Optional<MlflowSecret> database;

  /**
   * @param database the Secret with the URL of the database; empty for a file on the volume
   */
  MlflowPod(StackConfig config, Store models, Optional<MlflowSecret> database) {
    this.config = config;
    this.models = models;
    this.database = database;
  }

  /** Whether the pod writes to the stack's volume. */
  boolean usesVolume() {
    return database.isEmpty() || !config.store().isS3();
  }

  /**
   * @param hosts the hosts by which the server is reached, beside those inside the cluster
   */
  PodTemplateSpecArgs template(Images images, List<String> hosts) {
    List<VolumeArgs> volumes = new ArrayList<>();
    volumes.add(
        VolumeArgs.builder()
            .name("tmp")
            .emptyDir(EmptyDirVolumeSourceArgs.builder().sizeLimit("256Mi").build())
            .build());
    if (usesVolume()) {
      volumes.add(StoreVolume.volume(false));
    }
    PodSpecArgs.Builder spec =
        RestrictedPod.security(config).containers(container(images, hosts)).volumes(volumes);
    affinity().ifPresent(spec::affinity);
    store().serviceAccount().ifPresent(spec::serviceAccountName);
    return PodTemplateSpecArgs.builder()
        .metadata(
            ObjectMetaArgs.builder()
                .labels(Mlflow.LABELS.all(config))
                .annotations(annotations())
                .build())
        .spec(spec.build())
        .build();
  }

  private PodStore store() {
    return models.of(App.TRAINER);
  }

  private Output<Map<String, String>> annotations() {
    return database
        .map(secret -> store().with(secret.annotations()).annotations())
        .orElseGet(() -> store().annotations());
  }

  /** The node of the other pods that mount the volume, if only one node can mount it. */
  private Optional<AffinityArgs> affinity() {
    boolean oneNode =
        usesVolume()
            && !config.usesVolumeOfNode()
            && config.get(StoreSettings.ACCESS_MODE) != AccessMode.ALL_NODES;
    if (!oneNode || !config.store().isS3()) {
      return store().affinity();
    }
    return Optional.of(
        Placement.onTheNodeOf(KubernetesObjects.selector(S3ServerPod.LABELS.selector())));
  }

  private ContainerArgs container(Images images, List<String> hosts) {
    List<VolumeMountArgs> mounts = new ArrayList<>();
    mounts.add(VolumeMountArgs.builder().name("tmp").mountPath("/tmp").build());
    if (usesVolume()) {
      mounts.add(
          VolumeMountArgs.builder().name(StoreVolume.CLAIM).mountPath(DATA).subPath(NAME).build());
    }
    return ContainerArgs.builder()
        .name(NAME)
        .image(images.mlflow())
        .imagePullPolicy("IfNotPresent")
        .command("python3", "-m", "mlflow", "server")
        .args(arguments(hosts))
        .env(environment())
        .ports(ContainerPortArgs.builder().name(NAME).containerPort(PORT).build())
        .resources(ResourceRequirementsArgs.builder().requests(REQUESTS).limits(LIMITS).build())
        .terminationMessagePolicy("FallbackToLogsOnError")
        .securityContext(RestrictedPod.containerSecurity())
        .startupProbe(probe(2, 150))
        .readinessProbe(probe(5, 2))
        .livenessProbe(probe(20, 6))
        .volumeMounts(mounts)
        .build();
  }

  private List<String> arguments(List<String> hosts) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--host", "0.0.0.0", "--port", String.valueOf(PORT)));
    arguments.addAll(List.of("--workers", "1", "--artifacts-destination", artifacts()));
    if (database.isEmpty()) {
      arguments.addAll(List.of("--backend-store-uri", "sqlite:///%s/mlflow.db".formatted(DATA)));
    }
    arguments.addAll(List.of("--allowed-hosts", String.join(",", allowedHosts(hosts))));
    if (!hosts.isEmpty()) {
      // Without the origins, the server refuses the requests of its own page that change something.
      List<String> origins =
          hosts.stream()
              .flatMap(host -> List.of("http://" + host, "https://" + host).stream())
              .toList();
      arguments.addAll(List.of("--cors-allowed-origins", String.join(",", origins)));
    }
    return arguments;
  }

  private String artifacts() {
    return config.store().kind() == StoreChoice.Kind.VOLUME
        ? DATA + "/artifacts"
        : config.store().location() + "/" + NAME;
  }

  /** The hosts that the header Host may have: MLflow compares them with their ports. */
  private List<String> allowedHosts(List<String> hosts) {
    List<String> allowed = new ArrayList<>(List.of("localhost:*", "127.0.0.1:*"));
    String name = NAME;
    for (String further : List.of("", "." + config.namespace(), ".svc", ".cluster.local")) {
      name += further;
      allowed.add(name + ":" + PORT);
    }
    allowed.addAll(hosts);
    return allowed;
  }

  private List<EnvVarArgs> environment() {
    List<EnvVarArgs> all = new ArrayList<>();
    all.add(Variables.plain("HOME", "/tmp"));
    all.add(Variables.plain("PYTHONDONTWRITEBYTECODE", "1"));
    all.add(Variables.plain("MLFLOW_DISABLE_TELEMETRY", "true"));
    // The server would start three more processes for jobs that only language models need.
    all.add(Variables.plain("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false"));
    models
        .bucket()
        .ifPresent(
            bucket -> {
              bucket
                  .endpoint()
                  .ifPresent(url -> all.add(Variables.plain("MLFLOW_S3_ENDPOINT_URL", url)));
              all.add(Variables.plain("AWS_DEFAULT_REGION", bucket.region()));
              bucket
                  .credentials()
                  .ifPresent(
                      secret ->
                          all.addAll(
                              secret.environment(
                                  CredentialsSecret.ACCESS_KEY, CredentialsSecret.SECRET_KEY)));
            });
    database.ifPresent(secret -> all.addAll(secret.environment()));
    return all;
  }

  private static ProbeArgs probe(int periodSeconds, int failures) {
    return ProbeArgs.builder()
        .httpGet(HTTPGetActionArgs.builder().path(HEALTH).port(NAME).build())
        .periodSeconds(periodSeconds)
        .timeoutSeconds(5)
        .failureThreshold(failures)
        .build();
  }
}
