package mlopsprimer.infra;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.apps.v1.Deployment;
import com.pulumi.kubernetes.apps.v1.DeploymentArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentSpecArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentStrategyArgs;
import com.pulumi.kubernetes.apps.v1.inputs.RollingUpdateDeploymentArgs;
import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.kubernetes.core.v1.ServiceArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerPortArgs;
import com.pulumi.kubernetes.core.v1.inputs.HTTPGetActionArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ProbeArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServicePortArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServiceSpecArgs;
import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.policy.v1.PodDisruptionBudget;
import com.pulumi.kubernetes.policy.v1.PodDisruptionBudgetArgs;
import com.pulumi.kubernetes.policy.v1.inputs.PodDisruptionBudgetSpecArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mlopsprimer.infra.nodeprovider.Rollout;

/** Serves every ticker's champion, on a port of every node; rolled after the training succeeded. */
final class PredictionApi extends ComponentResource {
  static final int PORT = 8080;
  private static final String NAME = "prediction-api";
  private static final Labels LABELS = Labels.of("api");
  private final StackConfig config;
  private final String url;

  PredictionApi(
      StackConfig config,
      Nodes nodes,
      Cluster cluster,
      Images images,
      ModelStorage storage,
      Training training) {
    super("primer:infra:PredictionApi", NAME);
    this.config = config;
    url =
        "http://%s:%d/predictionForTomorrow".formatted(nodes.first().address(), config.nodePort());
    Service service = service(cluster);
    disruptionBudget(cluster);
    List<Resource> first = new ArrayList<>(training.done());
    first.add(images.apiOnNodes());
    first.add(storage.claim());
    Deployment deployment = deployment(cluster, images, storage, first);
    new Rollout(
        NAME,
        new Rollout.Args(
            config.kubeconfig().toString(),
            Cluster.NAMESPACE,
            NAME,
            generation(deployment, cluster),
            url,
            "\"ticker\":\"%s\"".formatted(ticker())),
        CustomResourceOptions.builder().parent(this).dependsOn(service, deployment).build());
    registerOutputs(Map.of());
  }

  Output<String> url() {
    return Output.of(url);
  }

  private Service service(Cluster cluster) {
    return new Service(
        NAME,
        ServiceArgs.builder()
            .metadata(
                Cluster.metadata(
                    NAME,
                    LABELS,
                    // The Service has no pods yet; the Rollout waits for them.
                    Map.of("pulumi.com/skipAwait", "true")))
            .spec(
                ServiceSpecArgs.builder()
                    .type("NodePort")
                    .selector(LABELS.selector())
                    .ports(
                        ServicePortArgs.builder()
                            .name("http")
                            .port(80)
                            .targetPort("http")
                            .nodePort(config.nodePort())
                            .build())
                    .build())
            .build(),
        cluster.optionsBuilder(this).dependsOn(cluster.ready()).build());
  }

  private void disruptionBudget(Cluster cluster) {
    new PodDisruptionBudget(
        NAME,
        PodDisruptionBudgetArgs.builder()
            .metadata(Cluster.metadata(NAME, LABELS))
            .spec(
                PodDisruptionBudgetSpecArgs.builder()
                    .maxUnavailable(1)
                    .selector(selector())
                    .build())
            .build(),
        cluster.optionsBuilder(this).dependsOn(cluster.ready()).build());
  }

  private Deployment deployment(
      Cluster cluster, Images images, ModelStorage storage, List<Resource> first) {
    return new Deployment(
        NAME,
        DeploymentArgs.builder()
            .metadata(
                Cluster.metadata(
                    NAME,
                    LABELS,
                    // Its image goes after its pods have gone.
                    Map.of("pulumi.com/deletionPropagationPolicy", "foreground")))
            .spec(spec(images, storage))
            .build(),
        cluster.optionsBuilder(this).dependsOn(first).build());
  }

  /** Another one whenever Kubernetes was asked for something else, or is another. */
  private static Output<String> generation(Deployment deployment, Cluster cluster) {
    return deployment
        .metadata()
        .applyValue(
            metadata ->
                String.join(
                    "/",
                    cluster.fingerprint(),
                    metadata.uid().orElse(""),
                    metadata.generation().map(String::valueOf).orElse("")));
  }

  private String ticker() {
    return config.tickers().get(0).symbol();
  }

  private DeploymentSpecArgs spec(Images images, ModelStorage storage) {
    return DeploymentSpecArgs.builder()
        .replicas(config.replicas())
        .selector(selector())
        .revisionHistoryLimit(0) // the images of before are gone
        .strategy(
            DeploymentStrategyArgs.builder()
                .type("RollingUpdate")
                .rollingUpdate(
                    RollingUpdateDeploymentArgs.builder().maxUnavailable(0).maxSurge(1).build())
                .build())
        .template(
            PodTemplateSpecArgs.builder()
                .metadata(RestrictedPod.metadata(LABELS, storage))
                .spec(
                    RestrictedPod.spec(true)
                        // The API drains for 5 s, then stops; see ApiServer.
                        .terminationGracePeriodSeconds(20)
                        .containers(
                            RestrictedPod.container("api", true, config.apiResources())
                                .image(images.api().reference())
                                .args(arguments())
                                .ports(
                                    ContainerPortArgs.builder()
                                        .name("http")
                                        .containerPort(PORT)
                                        .build())
                                .startupProbe(probe("/health/live", 1, 60))
                                .readinessProbe(probe("/health/ready", 2, 1))
                                .livenessProbe(probe("/health/live", 10, 3))
                                .build())
                        .build())
                .build())
        .build();
  }

  private List<String> arguments() {
    return List.of(
        "--store", RestrictedPod.MODELS,
        "--host", "0.0.0.0",
        "--port", String.valueOf(PORT),
        "--ticker", ticker(),
        "--threshold", String.valueOf(config.threshold()));
  }

  private static ProbeArgs probe(String path, int periodSeconds, int failures) {
    return ProbeArgs.builder()
        .httpGet(HTTPGetActionArgs.builder().path(path).port("http").build())
        .periodSeconds(periodSeconds)
        .timeoutSeconds(2)
        .failureThreshold(failures)
        .build();
  }

  private static LabelSelectorArgs selector() {
    return LabelSelectorArgs.builder().matchLabels(LABELS.selector()).build();
  }
}
