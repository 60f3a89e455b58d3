package mlopsprimer.infra.resources;

import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyEgressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyIngressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicySpecArgs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mlopsprimer.contract.BaseUrl;
import mlopsprimer.infra.config.MlflowSettings;
import mlopsprimer.infra.config.StackConfig;

/**
 * The network policies about MLflow. Both apps may connect to the server. A server of the stack's
 * own answers only them, unless it has a port on the nodes, and reaches only the bucket of the
 * store and its database.
 */
final class MlflowTraffic {
  private static final Labels TRAINER = Labels.of("trainer");

  private MlflowTraffic() {}

  /** The policies by their names; none if the trainings are not recorded in MLflow. */
  static Map<String, NetworkPolicySpecArgs.Builder> policies(StackConfig config) {
    Map<String, NetworkPolicySpecArgs.Builder> policies = new LinkedHashMap<>();
    switch (config.mlflow().kind()) {
      case NONE -> {}
      case EXISTING -> {
        int port = config.mlflow().server().map(BaseUrl::port).orElseThrow();
        allowApps(policies, toPort(port));
      }
      case OWN -> {
        allowApps(policies, TrafficRules.toPods(Mlflow.LABELS, MlflowPod.PORT));
        policies.put("mlflow-answers", answers(config));
        allowServer(policies, config);
      }
    }
    return policies;
  }

  private static void allowApps(
      Map<String, NetworkPolicySpecArgs.Builder> policies, NetworkPolicyEgressRuleArgs server) {
    policies.put("trainer-tracks", egress(TRAINER, List.of(TrafficRules.toDns(), server)));
    policies.put("api-tracks", egress(ApiPod.LABELS, List.of(TrafficRules.toDns(), server)));
  }

  /** Allows requests of the apps, and of everybody if the server has a port on the nodes. */
  private static NetworkPolicySpecArgs.Builder answers(StackConfig config) {
    NetworkPolicySpecArgs.Builder spec =
        NetworkPolicySpecArgs.builder()
            .podSelector(KubernetesObjects.selector(Mlflow.LABELS.selector()))
            .policyTypes("Ingress");
    return config.get(MlflowSettings.NODE_PORT).isPresent()
        ? spec.ingress(
            NetworkPolicyIngressRuleArgs.builder()
                .ports(TrafficRules.port("TCP", MlflowPod.PORT))
                .build())
        : spec.ingress(
            TrafficRules.fromPods(TRAINER, MlflowPod.PORT),
            TrafficRules.fromPods(ApiPod.LABELS, MlflowPod.PORT));
  }

  private static void allowServer(
      Map<String, NetworkPolicySpecArgs.Builder> policies, StackConfig config) {
    List<NetworkPolicyEgressRuleArgs> rules = new ArrayList<>();
    switch (config.store().kind()) {
      case VOLUME -> {}
      case S3_IN_CLUSTER -> {
        rules.add(TrafficRules.toPods(S3ServerPod.LABELS, S3ServerPod.WRITER_PORT));
        policies.put(
            "store-answers-mlflow",
            NetworkPolicySpecArgs.builder()
                .podSelector(KubernetesObjects.selector(S3ServerPod.LABELS.selector()))
                .policyTypes("Ingress")
                .ingress(TrafficRules.fromPods(Mlflow.LABELS, S3ServerPod.WRITER_PORT)));
      }
      case S3 -> rules.add(TrafficRules.toBucket(config));
    }
    config
        .get(MlflowSettings.BACKEND_STORE)
        .ifPresent(database -> rules.add(toPort(MlflowSettings.port(database))));
    if (!rules.isEmpty()) {
      rules.add(0, TrafficRules.toDns());
      policies.put("mlflow-writes", egress(Mlflow.LABELS, rules));
    }
  }

  private static NetworkPolicySpecArgs.Builder egress(
      Labels pods, List<NetworkPolicyEgressRuleArgs> rules) {
    return NetworkPolicySpecArgs.builder()
        .podSelector(KubernetesObjects.selector(pods.selector()))
        .policyTypes("Egress")
        .egress(rules);
  }

  private static NetworkPolicyEgressRuleArgs toPort(int port) {
    return NetworkPolicyEgressRuleArgs.builder().ports(TrafficRules.port("TCP", port)).build();
  }
}
