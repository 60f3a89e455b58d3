package mlopsprimer.infra.resources;

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
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.infra.config.MlflowSettings;
import mlopsprimer.infra.config.Nodes;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.nodeprovider.Rollout;

/**
 * An MLflow server of the stack's own: a Deployment with one pod, and a Service. The trainings of
 * an update wait until it answers, so that the first one is recorded. A training does not fail when
 * the server is away later.
 */
final class MlflowServer extends ComponentResource {
  private static final String NAME = MlflowPod.NAME;

  private final StackConfig config;
  private final Optional<Nodes> nodes;
  private final Cluster cluster;
  private final Rollout rollout;

  /**
   * @param nodes the nodes, if the stack changes something on them
   */
  MlflowServer(
      StackConfig config, Optional<Nodes> nodes, Cluster cluster, Images images, Store models) {
    super("mlops-primer:infra:MlflowServer", NAME);
    this.config = config;
    this.nodes = nodes;
    this.cluster = cluster;
    Service service = service();
    rollout = rollout(service, deployment(images, models));
    registerOutputs(Map.of());
  }

  private Optional<Integer> nodePort() {
    return config.get(MlflowSettings.NODE_PORT);
  }

  /** The hosts with their ports by which browsers reach the server, apart from localhost. */
  private List<String> hosts() {
    List<String> hosts = new ArrayList<>();
    nodePort()
        .ifPresent(
            port ->
                nodes.stream()
                    .flatMap(known -> known.all().stream())
                    .forEach(node -> hosts.add(node.address() + ":" + port)));
    hosts.addAll(config.get(MlflowSettings.HOSTS));
    return hosts;
  }

  private Service service() {
    ServicePortArgs.Builder port =
        ServicePortArgs.builder().name(NAME).port(MlflowPod.PORT).targetPort(NAME);
    nodePort().ifPresent(port::nodePort);
    return new Service(
        NAME,
        ServiceArgs.builder()
            .metadata(
                cluster.objects().metadata(NAME, Mlflow.LABELS, KubernetesObjects.NOT_AWAITED))
            .spec(
                ServiceSpecArgs.builder()
                    .type(nodePort().isPresent() ? "NodePort" : "ClusterIP")
                    .selector(Mlflow.LABELS.selector())
                    .ports(port.build())
                    .build())
            .build(),
        cluster.optionsBuilder(this).dependsOn(cluster.namespace()).build());
  }

  private Deployment deployment(Images images, Store models) {
    Optional<MlflowSecret> database =
        config
            .get(MlflowSettings.BACKEND_STORE)
            .map(
                uri ->
                    new MlflowSecret(
                        "mlflow-backend-store",
                        Map.of("MLFLOW_BACKEND_STORE_URI", uri.toString()),
                        cluster));
    MlflowPod pod = new MlflowPod(config, models, database);
    List<Resource> first = new ArrayList<>(models.ready());
    first.addAll(images.mlflowAvailable());
    database.ifPresent(first::add);
    Map<String, String> annotations = new HashMap<>(KubernetesObjects.NOT_AWAITED);
    annotations.putAll(KubernetesObjects.DELETED_LAST);
    // Two servers must not write to one file.
    String strategy = pod.usesVolume() ? "Recreate" : "RollingUpdate";
    return new Deployment(
        NAME,
        DeploymentArgs.builder()
            .metadata(cluster.objects().metadata(NAME, Mlflow.LABELS, annotations))
            .spec(
                DeploymentSpecArgs.builder()
                    .replicas(1)
                    .revisionHistoryLimit(0)
                    .selector(KubernetesObjects.selector(Mlflow.LABELS.selector()))
                    .strategy(DeploymentStrategyArgs.builder().type(strategy).build())
                    .template(pod.template(images, hosts()))
                    .build())
            .build(),
        cluster.optionsBuilder(this).dependsOn(first).build());
  }

  /** The wait for the server, which is bounded, and fails with the end of the pod's log. */
  private Rollout rollout(Service service, Deployment deployment) {
    return new Rollout(
        NAME,
        new Rollout.Args(
            cluster.access(),
            config.namespace(),
            NAME,
            generation(deployment),
            new Rollout.Place(
                urlOnNode().map(url -> url + MlflowPod.HEALTH), NAME, MlflowPod.HEALTH),
            "OK"),
        CustomResourceOptions.builder().parent(this).dependsOn(service, deployment).build());
  }

  private Optional<String> urlOnNode() {
    return nodePort()
        .flatMap(
            port -> nodes.map(known -> "http://%s:%d".formatted(known.ofStore().address(), port)));
  }

  /** A text that changes with the cluster, the kind of Service, and the Deployment. */
  private Output<String> generation(Deployment deployment) {
    return deployment
        .metadata()
        .applyValue(
            found ->
                String.join(
                    "/",
                    config.cluster().fingerprint(),
                    found.uid().orElse(""),
                    found.generation().map(String::valueOf).orElse(""),
                    nodePort().map(String::valueOf).orElse("")));
  }

  /** What the pods of the apps and people need of the server. */
  Mlflow toMlflow() {
    Output<String> url =
        urlOnNode()
            .map(Output::of)
            .orElseGet(
                () ->
                    rollout
                        .answersAt()
                        .applyValue(answered -> answered.replaceFirst(MlflowPod.HEALTH + "$", "")));
    Optional<String> portForward =
        nodePort().isPresent()
            ? Optional.empty()
            : Optional.of(
                "kubectl --namespace %s port-forward service/%s %d:%d"
                    .formatted(config.namespace(), NAME, MlflowPod.PORT, MlflowPod.PORT));
    String inCluster = "http://%s.%s.svc:%d".formatted(NAME, config.namespace(), MlflowPod.PORT);
    return new Mlflow(
        url,
        portForward,
        List.of(rollout),
        List.of(Variables.plain(Mlflow.TRACKING_URI, inCluster)),
        Output.of(Map.of()));
  }
}
