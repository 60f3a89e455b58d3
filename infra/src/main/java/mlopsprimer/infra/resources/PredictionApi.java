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
import mlopsprimer.infra.config.App;
import mlopsprimer.infra.config.Nodes;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.config.StackSettings;
import mlopsprimer.infra.nodeprovider.Rollout;

/**
 * The prediction API: a Deployment that serves every ticker's champion, and a Service on a port of
 * every node. The Deployment is created or updated after all training Jobs succeeded. There is no
 * PodDisruptionBudget: the pods are bound to the node that has the model store, so a budget would
 * stop {@code kubectl drain} of that node for ever.
 */
public final class PredictionApi extends ComponentResource {
  private static final String NAME = "prediction-api";
  private static final Labels LABELS = ApiPod.LABELS;

  private final StackConfig config;
  private final Cluster cluster;
  private final String url;

  public PredictionApi(
      StackConfig config,
      Nodes nodes,
      Cluster cluster,
      Images images,
      StoreVolume store,
      Training training) {
    super("mlops-primer:infra:PredictionApi", NAME);
    this.config = config;
    this.cluster = cluster;
    url =
        "http://%s:%d/predictionForTomorrow"
            .formatted(nodes.ofStore().address(), config.get(StackSettings.NODE_PORT));
    Service service = service();
    List<Resource> first = new ArrayList<>(training.done());
    first.add(images.onNodes(App.API));
    first.add(store.claim());
    rollout(service, deployment(images, store, first), store);
    registerOutputs(Map.of());
  }

  /** The URL of the prediction, on the node that holds the model store. */
  public Output<String> url() {
    return Output.of(url);
  }

  private Service service() {
    return new Service(
        NAME,
        ServiceArgs.builder()
            .metadata(cluster.objects().metadata(NAME, LABELS, KubernetesObjects.NOT_AWAITED))
            .spec(
                ServiceSpecArgs.builder()
                    .type("NodePort")
                    .selector(LABELS.selector())
                    .ports(
                        ServicePortArgs.builder()
                            .name(ApiPod.HTTP)
                            .port(80)
                            .targetPort(ApiPod.HTTP)
                            .nodePort(config.get(StackSettings.NODE_PORT))
                            .build())
                    .build())
            .build(),
        cluster.optionsBuilder(this).dependsOn(cluster.namespace()).build());
  }

  private Deployment deployment(Images images, StoreVolume store, List<Resource> first) {
    // The resource Rollout waits for the pods, for the reasons in docs/decisions/0012.
    Map<String, String> annotations = new HashMap<>(KubernetesObjects.NOT_AWAITED);
    annotations.putAll(KubernetesObjects.DELETED_LAST);
    return new Deployment(
        NAME,
        DeploymentArgs.builder()
            .metadata(cluster.objects().metadata(NAME, LABELS, annotations))
            .spec(
                DeploymentSpecArgs.builder()
                    .replicas(config.get(StackSettings.REPLICAS))
                    .selector(KubernetesObjects.selector(LABELS.selector()))
                    .revisionHistoryLimit(0) // the nodes have no images of old revisions
                    .strategy(oneMoreAtATime())
                    .template(ApiPod.template(config, images, store))
                    .build())
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

  private void rollout(Service service, Deployment deployment, StoreVolume store) {
    new Rollout(
        NAME,
        new Rollout.Args(
            config.kubeconfig(),
            config.namespace(),
            NAME,
            generation(deployment, store),
            url,
            "\"ticker\":\"%s\"".formatted(config.defaultTicker())),
        CustomResourceOptions.builder().parent(this).dependsOn(service, deployment).build());
  }

  /**
   * A text that changes with the cluster, with the uid of the Deployment and of the claim that its
   * pods use, and with the specification of the Deployment.
   */
  private Output<String> generation(Deployment deployment, StoreVolume store) {
    return Output.tuple(deployment.metadata(), store.claim().metadata())
        .applyValue(
            found ->
                String.join(
                    "/",
                    config.clusterFingerprint(),
                    found.t1.uid().orElse(""),
                    found.t1.generation().map(String::valueOf).orElse(""),
                    found.t2.uid().orElse("")));
  }
}
