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
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.policy.v1.PodDisruptionBudget;
import com.pulumi.kubernetes.policy.v1.PodDisruptionBudgetArgs;
import com.pulumi.kubernetes.policy.v1.inputs.PodDisruptionBudgetSpecArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Serves every ticker's champion, on a port of every node; rolled after the training succeeded. */
final class PredictionApi extends ComponentResource {
  static final int PORT = 8080;
  private static final String NAME = "prediction-api";
  private static final Labels LABELS = Labels.of("api");
  private final StackConfig config;

  PredictionApi(
      StackConfig config, Cluster cluster, Images images, ModelStorage storage, Training training) {
    super("primer:infra:PredictionApi", NAME);
    this.config = config;
    List<Resource> first = new ArrayList<>(training.done());
    first.add(images.apiOnNodes());
    first.add(storage.claim());
    Deployment deployment =
        new Deployment(
            NAME,
            DeploymentArgs.builder()
                .metadata(cluster.metadata(NAME, LABELS).build())
                .spec(spec(images.api().reference()))
                .build(),
            cluster.optionsBuilder(this).dependsOn(first).build());
    new Service(
        NAME,
        ServiceArgs.builder()
            .metadata(cluster.metadata(NAME, LABELS).build())
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
        cluster.optionsBuilder(this).dependsOn(deployment).build());
    new PodDisruptionBudget(
        NAME,
        PodDisruptionBudgetArgs.builder()
            .metadata(cluster.metadata(NAME, LABELS).build())
            .spec(
                PodDisruptionBudgetSpecArgs.builder()
                    .maxUnavailable(1)
                    .selector(selector())
                    .build())
            .build(),
        cluster.optionsBuilder(this).dependsOn(cluster.ready()).build());
    registerOutputs(Map.of());
  }

  Output<String> url(Nodes nodes) {
    return Output.of(
        "http://%s:%d/predictionForTomorrow".formatted(nodes.first().address(), config.nodePort()));
  }

  private DeploymentSpecArgs spec(Output<String> image) {
    return DeploymentSpecArgs.builder()
        .replicas(config.replicas())
        .selector(selector())
        .revisionHistoryLimit(2)
        .strategy(
            DeploymentStrategyArgs.builder()
                .type("RollingUpdate")
                .rollingUpdate(
                    RollingUpdateDeploymentArgs.builder().maxUnavailable(0).maxSurge(1).build())
                .build())
        .template(
            PodTemplateSpecArgs.builder()
                .metadata(ObjectMetaArgs.builder().labels(LABELS.all()).build())
                .spec(
                    RestrictedPod.spec(true)
                        // The API drains for 5 s, then stops; see ApiServer.
                        .terminationGracePeriodSeconds(20)
                        .containers(
                            RestrictedPod.container("api", true, config.apiResources())
                                .image(image)
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
        "--ticker", config.tickers().get(0).symbol(),
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
