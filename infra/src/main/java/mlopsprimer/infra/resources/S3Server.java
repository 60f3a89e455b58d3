package mlopsprimer.infra.resources;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.apps.v1.Deployment;
import com.pulumi.kubernetes.apps.v1.DeploymentArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentSpecArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentStrategyArgs;
import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.kubernetes.core.v1.ServiceArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServicePortArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServiceSpecArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.CustomTimeouts;
import com.pulumi.resources.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.contract.Sha256;
import mlopsprimer.infra.config.App;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.config.StoreSettings;
import mlopsprimer.infra.nodeprovider.Credentials;

/**
 * A model store on an S3 server of the stack's own. The server keeps the objects as files on a
 * volume. Only one pod may write to the volume, so an update stops the old pod before it starts the
 * new one. The API serves what it has loaded in the meantime.
 */
final class S3Server extends ComponentResource implements Store {
  private static final String NAME = "store";

  /** Longest time of the start, which may pull the image. */
  private static final Duration START = Duration.ofMinutes(5);

  private final StackConfig config;
  private final Cluster cluster;
  private final StoreVolume volume;
  private final S3Access writer;
  private final S3Access reader;
  private final Service service;
  private final Deployment deployment;

  S3Server(StackConfig config, Cluster cluster, Images images, StoreVolume volume) {
    super("mlops-primer:infra:S3Server", "s3-server");
    this.config = config;
    this.cluster = cluster;
    this.volume = volume;
    writer = access(S3Bucket.WRITER, "WRITER", S3ServerPod.WRITER_PORT);
    reader = access(S3Bucket.READER, "READER", S3ServerPod.READER_PORT);
    service = service();
    deployment = deployment(images);
    registerOutputs(Map.of());
  }

  private S3Access access(String name, String user, int port) {
    Credentials credentials =
        new Credentials(
            name,
            new Credentials.Args(user),
            CustomResourceOptions.builder().parent(this).dependsOn(cluster.ownership()));
    return new S3Access(
        Optional.of("http://%s.%s.svc:%d".formatted(NAME, config.namespace(), port)),
        config.get(StoreSettings.REGION),
        Optional.of(
            new CredentialsSecret(
                name, credentials.accessKey(), credentials.secretKey(), cluster, this)),
        credentials.accessKey().applyValue(key -> Sha256.hex(key.getBytes(UTF_8)).substring(0, 12)),
        Optional.empty());
  }

  private Service service() {
    return new Service(
        NAME,
        ServiceArgs.builder()
            .metadata(
                cluster.objects().metadata(NAME, S3ServerPod.LABELS, KubernetesObjects.NOT_AWAITED))
            .spec(
                ServiceSpecArgs.builder()
                    .type("ClusterIP")
                    .selector(S3ServerPod.LABELS.selector())
                    .ports(
                        port(S3ServerPod.WRITER, S3ServerPod.WRITER_PORT),
                        port(S3ServerPod.READER, S3ServerPod.READER_PORT))
                    .build())
            .build(),
        cluster.optionsBuilder(this).dependsOn(cluster.namespace()).build());
  }

  private static ServicePortArgs port(String name, int number) {
    return ServicePortArgs.builder().name(name).port(number).targetPort(name).build();
  }

  private Deployment deployment(Images images) {
    return new Deployment(
        NAME,
        DeploymentArgs.builder()
            .metadata(
                cluster
                    .objects()
                    .metadata(NAME, S3ServerPod.LABELS, KubernetesObjects.DELETED_LAST))
            .spec(
                DeploymentSpecArgs.builder()
                    .replicas(1)
                    .revisionHistoryLimit(0)
                    .selector(KubernetesObjects.selector(S3ServerPod.LABELS.selector()))
                    .strategy(DeploymentStrategyArgs.builder().type("Recreate").build())
                    .template(S3ServerPod.template(config, images, volume, List.of(writer, reader)))
                    .build())
            .build(),
        cluster.optionsBuilder(this).dependsOn(first(images)).customTimeouts(timeouts()).build());
  }

  private List<Resource> first(Images images) {
    List<Resource> first = new ArrayList<>(images.serverAvailable());
    first.add(volume.claim());
    first.add(service);
    first.add(writer.credentials().orElseThrow().secret());
    first.add(reader.credentials().orElseThrow().secret());
    return first;
  }

  private static CustomTimeouts timeouts() {
    return Cluster.timeouts().create(START).update(START).build();
  }

  @Override
  public List<Resource> ready() {
    return List.of(service, deployment);
  }

  /**
   * The pods of the trainer have the annotations of the volume, too. So the training Job runs again
   * if the directory of the models was lost and created again. The API finds the new models without
   * a restart.
   */
  @Override
  public PodStore of(App app) {
    return app == App.TRAINER ? writer.pod().with(volume.annotations()) : reader.pod();
  }

  @Override
  public Optional<S3Access> bucket() {
    return Optional.of(writer);
  }

  @Override
  public Output<String> location() {
    return volume
        .location()
        .applyValue(place -> "%s on %s".formatted(config.store().location(), place));
  }

  @Override
  public Output<String> generation() {
    return Output.of("");
  }
}
