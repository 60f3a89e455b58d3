package mlopsprimer.infra.resources;

import com.pulumi.kubernetes.networking.v1.inputs.IPBlockArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyEgressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyIngressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPeerArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPortArgs;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import mlopsprimer.contract.BaseUrl;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.config.StoreSettings;

/** The rules that network policies are made of: who may connect to whom, on which port. */
final class TrafficRules {
  static final int DNS = 53;
  private static final int HTTPS = 443;

  private TrafficRules() {}

  static NetworkPolicyIngressRuleArgs fromPods(Labels labels, int port) {
    return NetworkPolicyIngressRuleArgs.builder()
        .from(pods(labels))
        .ports(port("TCP", port))
        .build();
  }

  static NetworkPolicyEgressRuleArgs toPods(Labels labels, int port) {
    return NetworkPolicyEgressRuleArgs.builder().to(pods(labels)).ports(port("TCP", port)).build();
  }

  private static NetworkPolicyPeerArgs pods(Labels labels) {
    return NetworkPolicyPeerArgs.builder()
        .podSelector(KubernetesObjects.selector(labels.selector()))
        .build();
  }

  static NetworkPolicyPeerArgs everyPodOfTheCluster() {
    return NetworkPolicyPeerArgs.builder()
        .namespaceSelector(KubernetesObjects.selector(Map.of()))
        .build();
  }

  /**
   * Connections to the port of the S3 service. With a role of the cloud, they also reach port 443,
   * where the service is that gives the credentials of the role.
   */
  static NetworkPolicyEgressRuleArgs toBucket(StackConfig config) {
    int port = config.get(StoreSettings.ENDPOINT).map(BaseUrl::port).orElse(HTTPS);
    IntStream ports =
        config.get(StoreSettings.IDENTITY).isPresent()
            ? IntStream.of(port, HTTPS).distinct()
            : IntStream.of(port);
    NetworkPolicyEgressRuleArgs.Builder rule =
        NetworkPolicyEgressRuleArgs.builder()
            .ports(ports.mapToObj(each -> port("TCP", each)).toList());
    config.get(StoreSettings.CIDR).ifPresent(cidr -> rule.to(addresses(cidr)));
    return rule.build();
  }

  private static NetworkPolicyPeerArgs addresses(String cidr) {
    return NetworkPolicyPeerArgs.builder()
        .ipBlock(IPBlockArgs.builder().cidr(cidr).build())
        .build();
  }

  static NetworkPolicyEgressRuleArgs toDns() {
    return NetworkPolicyEgressRuleArgs.builder()
        .ports(List.of(port("UDP", DNS), port("TCP", DNS)))
        .build();
  }

  static NetworkPolicyPortArgs port(String protocol, int port) {
    return NetworkPolicyPortArgs.builder().protocol(protocol).port(port).build();
  }
}
