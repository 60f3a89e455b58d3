package mlopsprimer.infra.resources;

import com.pulumi.kubernetes.networking.v1.NetworkPolicy;
import com.pulumi.kubernetes.networking.v1.NetworkPolicyArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyEgressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyIngressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicySpecArgs;
import com.pulumi.resources.ComponentResource;
import java.util.List;
import java.util.Map;
import mlopsprimer.contract.AppPod;
import mlopsprimer.contract.TrainerSettings;
import mlopsprimer.infra.config.StackConfig;

/**
 * The network policies. They allow requests of anyone to the API's port, requests of the cluster's
 * pods to its management port, so that Prometheus can read the metrics, and connections of the
 * trainer to the ports of DNS and of the source of prices on any host. With a store on S3, they
 * also allow both apps to connect to the store. They deny all other traffic of the pods. Kubernetes
 * always allows the traffic of a node to its pods, so the kubelet can probe them. A cluster applies
 * the policies only if its network plugin supports network policies.
 */
public final class NetworkPolicies extends ComponentResource {
  private static final Labels LABELS = Labels.of("network");

  private final Cluster cluster;

  public NetworkPolicies(StackConfig config, Cluster cluster) {
    super("mlops-primer:infra:NetworkPolicies", "network-policies");
    this.cluster = cluster;
    policy(
        "default-deny",
        NetworkPolicySpecArgs.builder()
            .podSelector(KubernetesObjects.selector(Map.of()))
            .policyTypes("Ingress", "Egress"));
    policy(
        "api-answers",
        NetworkPolicySpecArgs.builder()
            .podSelector(KubernetesObjects.selector(ApiPod.LABELS.selector()))
            .policyTypes("Ingress")
            .ingress(
                NetworkPolicyIngressRuleArgs.builder()
                    .ports(TrafficRules.port("TCP", AppPod.HTTP_PORT))
                    .build(),
                NetworkPolicyIngressRuleArgs.builder()
                    .from(TrafficRules.everyPodOfTheCluster())
                    .ports(TrafficRules.port("TCP", AppPod.MANAGEMENT_PORT))
                    .build()));
    policy(
        "trainer-fetches",
        NetworkPolicySpecArgs.builder()
            .podSelector(KubernetesObjects.selector(Labels.of("trainer").selector()))
            .policyTypes("Egress")
            .egress(
                NetworkPolicyEgressRuleArgs.builder()
                    .ports(
                        List.of(
                            TrafficRules.port("UDP", TrafficRules.DNS),
                            TrafficRules.port("TCP", TrafficRules.DNS),
                            TrafficRules.port(
                                "TCP", config.get(TrainerSettings.YAHOO_BASE_URL).port())))
                    .build()));
    switch (config.store().kind()) {
      case VOLUME -> {}
      case S3_IN_CLUSTER -> allowServer();
      case S3 -> allowBucket(config);
    }
    MlflowTraffic.policies(config).forEach(this::policy);
    registerOutputs(Map.of());
  }

  /** Allows the trainer to write and the API to read, and nobody else to connect. */
  private void allowServer() {
    allowStore(ApiPod.LABELS, "api-reads", toServer(S3ServerPod.READER_PORT));
    allowStore(Labels.of("trainer"), "trainer-writes", toServer(S3ServerPod.WRITER_PORT));
    policy(
        "store-answers",
        NetworkPolicySpecArgs.builder()
            .podSelector(KubernetesObjects.selector(S3ServerPod.LABELS.selector()))
            .policyTypes("Ingress")
            .ingress(
                TrafficRules.fromPods(Labels.of("trainer"), S3ServerPod.WRITER_PORT),
                TrafficRules.fromPods(ApiPod.LABELS, S3ServerPod.READER_PORT)));
  }

  private static NetworkPolicyEgressRuleArgs toServer(int port) {
    return TrafficRules.toPods(S3ServerPod.LABELS, port);
  }

  /** Allows both apps to connect to the bucket. */
  private void allowBucket(StackConfig config) {
    allowStore(ApiPod.LABELS, "api-reads", TrafficRules.toBucket(config));
    allowStore(Labels.of("trainer"), "trainer-writes", TrafficRules.toBucket(config));
  }

  private void allowStore(Labels pods, String name, NetworkPolicyEgressRuleArgs store) {
    policy(
        name,
        NetworkPolicySpecArgs.builder()
            .podSelector(KubernetesObjects.selector(pods.selector()))
            .policyTypes("Egress")
            .egress(TrafficRules.toDns(), store));
  }

  private void policy(String name, NetworkPolicySpecArgs.Builder spec) {
    new NetworkPolicy(
        name,
        NetworkPolicyArgs.builder()
            .metadata(cluster.objects().metadata(name, LABELS))
            .spec(spec.build())
            .build(),
        cluster.optionsBuilder(this).dependsOn(cluster.namespace()).build());
  }
}
