package mlopsprimer.infra.resources;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.apps.v1.Deployment;
import com.pulumi.kubernetes.apps.v1.DeploymentArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentSpecArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentStrategyArgs;
import com.pulumi.kubernetes.apps.v1.inputs.RollingUpdateDeploymentArgs;
import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.kubernetes.core.v1.ServiceArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServicePortArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServiceSpecArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.infra.config.App;
import mlopsprimer.infra.config.Nodes;
import mlopsprimer.infra.config.ServiceSettings;
import mlopsprimer.infra.config.ServiceType;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.nodeprovider.Rollout;

/**
 * The prediction API: a Deployment that serves every ticker's champion, and a Service. The
 * Deployment is created or updated after the default ticker was trained.
 */
public final class PredictionApi extends ComponentResource {
  private static final String NAME = ApiPod.NAME;
  private static final String PATH = "/predictionForTomorrow";
  private static final Labels LABELS = ApiPod.LABELS;

  private final StackConfig config;
  private final Cluster cluster;
  private final Optional<String> knownUrl;
  private final Output<String> url;
  private final Rollout rollout;

  /**
   * @param nodes the nodes, if the stack changes something on them
   */
  public PredictionApi(
      StackConfig config,
      Optional<Nodes> nodes,
      Cluster cluster,
      Images images,
      Store store,
      Training training) {
    super("mlops-primer:infra:PredictionApi", NAME);
    this.config = config;
    this.cluster = cluster;
    knownUrl = nodes.filter(found -> isOnNodes()).map(this::urlOnNode);
    Service service = service();
    List<Resource> first = new ArrayList<>(store.ready());
    first.add(training.done());
    first.add(images.available(App.API));
    rollout = rollout(service, deployment(images, store, first), store);
    url = knownUrl.map(Output::of).orElseGet(rollout::answersAt);
    if (config.store().isS3()) {
      ApiAvailability.add(config, cluster, this);
    }
    registerOutputs(Map.of());
  }

  private boolean isOnNodes() {
    return config.get(ServiceSettings.SERVICE_TYPE) == ServiceType.NODE_PORT;
  }

  private String urlOnNode(Nodes nodes) {
    return "http://%s:%d%s"
        .formatted(nodes.ofStore().address(), config.get(ServiceSettings.NODE_PORT), PATH);
  }

  /**
   * The URL of the prediction. If the address is not known before the rollout, then the URL is
   * unknown in the preview of the first update.
   */
  public Output<String> url() {
    return url;
  }

  /**
   * The command that makes the API answer on port 8080 of this machine, for a Service that only the
   * pods of the cluster can reach.
   */
  public Optional<String> portForward() {
    return config.get(ServiceSettings.SERVICE_TYPE) == ServiceType.CLUSTER_IP
        ? Optional.of(
            "kubectl --namespace %s port-forward service/%s 8080:80"
                .formatted(config.namespace(), NAME))
        : Optional.empty();
  }

  /** The complete rollout, the last resource of the API. */
  public Resource rollout() {
    return rollout;
  }

  private Service service() {
    ServicePortArgs.Builder port =
        ServicePortArgs.builder().name(ApiPod.HTTP).port(80).targetPort(ApiPod.HTTP);
    if (isOnNodes()) {
      port.nodePort(config.get(ServiceSettings.NODE_PORT));
    }
    return new Service(
        NAME,
        ServiceArgs.builder()
            .metadata(cluster.objects().metadata(NAME, LABELS, KubernetesObjects.NOT_AWAITED))
            .spec(
                ServiceSpecArgs.builder()
                    .type(config.get(ServiceSettings.SERVICE_TYPE).toString())
                    .selector(LABELS.selector())
                    .ports(port.build())
                    .build())
            .build(),
        cluster.optionsBuilder(this).dependsOn(cluster.namespace()).build());
  }

  private Deployment deployment(Images images, Store store, List<Resource> first) {
    // The resource Rollout waits for the pods, for the reasons in docs/decisions/0012.
    Map<String, String> annotations = new HashMap<>(KubernetesObjects.NOT_AWAITED);
    annotations.putAll(KubernetesObjects.DELETED_LAST);
    DeploymentSpecArgs.Builder spec =
        DeploymentSpecArgs.builder()
            .selector(KubernetesObjects.selector(LABELS.selector()))
            .revisionHistoryLimit(0) // the nodes have no images of old revisions
            .strategy(oneMoreAtATime())
            .template(ApiPod.template(config, images, store));
    if (config.get(ServiceSettings.API_MAX_REPLICAS) == 0) {
      spec.replicas(config.get(ServiceSettings.REPLICAS)); // else the autoscaler sets the number
    }
    return new Deployment(
        NAME,
        DeploymentArgs.builder()
            .metadata(cluster.objects().metadata(NAME, LABELS, annotations))
            .spec(spec.build())
            .build(),
        cluster.optionsBuilder(this).dependsOn(first).build());
  }

  /** The strategy with which one new pod becomes ready before an old pod stops. */
  private static DeploymentStrategyArgs oneMoreAtATime() {
    return DeploymentStrategyArgs.builder()
        .type("RollingUpdate")
        .rollingUpdate(RollingUpdateDeploymentArgs.builder().maxUnavailable(0).maxSurge(1).build())
        .build();
  }

  private Rollout rollout(Service service, Deployment deployment, Store store) {
    return new Rollout(
        NAME,
        new Rollout.Args(
            cluster.access(),
            config.namespace(),
            NAME,
            generation(deployment, store),
            new Rollout.Place(knownUrl, NAME, PATH),
            "\"ticker\":\"%s\"".formatted(config.defaultTicker())),
        CustomResourceOptions.builder().parent(this).dependsOn(service, deployment).build());
  }

  /**
   * A text that changes with the cluster, with the type of the Service, with the uid of the
   * Deployment and of the claim that its pods use, and with the specification of the Deployment.
   */
  private Output<String> generation(Deployment deployment, Store store) {
    String service = isOnNodes() ? "" : config.get(ServiceSettings.SERVICE_TYPE).toString();
    return Output.tuple(deployment.metadata(), store.generation())
        .applyValue(
            found ->
                String.join(
                        "/",
                        config.cluster().fingerprint(),
                        found.t1.uid().orElse(""),
                        found.t1.generation().map(String::valueOf).orElse(""),
                        found.t2)
                    + service);
  }
}
