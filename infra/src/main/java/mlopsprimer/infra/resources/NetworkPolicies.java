package mlopsprimer.infra.resources;

import com.pulumi.kubernetes.networking.v1.NetworkPolicy;
import com.pulumi.kubernetes.networking.v1.NetworkPolicyArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyEgressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyIngressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPeerArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPortArgs;
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
 * trainer to the ports of DNS and of the source of prices on any host. They deny all other traffic
 * of the pods. Kubernetes always allows the traffic of a node to its pods, so the kubelet can probe
 * them. A cluster applies the policies only if its network plugin supports network policies.
 */
public final class NetworkPolicies extends ComponentResource {
  private static final Labels LABELS = Labels.of("network");
  private static final int DNS = 53;

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
                NetworkPolicyIngressRuleArgs.builder().ports(port("TCP", AppPod.HTTP_PORT)).build(),
                NetworkPolicyIngressRuleArgs.builder()
                    .from(everyPodOfTheCluster())
                    .ports(port("TCP", AppPod.MANAGEMENT_PORT))
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
                            port("UDP", DNS),
                            port("TCP", DNS),
                            port("TCP", config.get(TrainerSettings.YAHOO_BASE_URL).port())))
                    .build()));
    registerOutputs(Map.of());
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

  private static NetworkPolicyPeerArgs everyPodOfTheCluster() {
    return NetworkPolicyPeerArgs.builder()
        .namespaceSelector(KubernetesObjects.selector(Map.of()))
        .build();
  }

  private static NetworkPolicyPortArgs port(String protocol, int port) {
    return NetworkPolicyPortArgs.builder().protocol(protocol).port(port).build();
  }
}
