package mlopsprimer.infra;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.Provider;
import com.pulumi.kubernetes.ProviderArgs;
import com.pulumi.kubernetes.core.v1.Namespace;
import com.pulumi.kubernetes.core.v1.NamespaceArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.networking.v1.NetworkPolicy;
import com.pulumi.kubernetes.networking.v1.NetworkPolicyArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyEgressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyIngressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPortArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicySpecArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.CustomTimeouts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cluster, as far as this stack has a part of it: a namespace where only restricted pods are
 * admitted, and who may talk to whom in it.
 */
final class Cluster extends ComponentResource {
  static final String NAMESPACE = "mlops-primer";

  /**
   * Deleted at once, and what it owns afterwards. Otherwise an object remains for the tenth of a
   * second in which the plugin may miss that it is gone (pulumi-kubernetes issue 3317), and waits.
   */
  private static final Map<String, String> DELETED_AT_ONCE =
      Map.of("pulumi.com/deletionPropagationPolicy", "background");

  /** Of the plugin; the newest SDK for Java is older. */
  private static final String PLUGIN = "4.18.2";

  private static final Pattern CA = Pattern.compile("certificate-authority-data: *(\\S+)");

  private final StackConfig config;
  private final Provider provider;
  private final Namespace namespace;

  Cluster(StackConfig config) {
    super("primer:infra:Cluster", "cluster");
    this.config = config;
    provider =
        new Provider(
            "kubernetes",
            ProviderArgs.builder().kubeconfig(config.kubeconfig().toString()).build(),
            CustomResourceOptions.builder().parent(this).version(PLUGIN).build());
    namespace =
        new Namespace(
            NAMESPACE,
            NamespaceArgs.builder()
                .metadata(
                    ObjectMetaArgs.builder()
                        .name(NAMESPACE)
                        .labels(
                            new Labels(
                                    "namespace",
                                    Map.of(
                                        "pod-security.kubernetes.io/enforce", "restricted",
                                        "pod-security.kubernetes.io/audit", "restricted",
                                        "pod-security.kubernetes.io/warn", "restricted"))
                                .all())
                        .build())
                .build(),
            options(this));
    policy("default-deny", Map.of(), List.of("Ingress", "Egress"), List.of(), List.of());
    policy(
        "api-answers",
        Labels.of("api").selector(),
        List.of("Ingress"),
        List.of(port("TCP", PredictionApi.PORT)),
        List.of());
    policy(
        "trainer-fetches",
        Labels.of("trainer").selector(),
        List.of("Egress"),
        List.of(),
        List.of(port("UDP", 53), port("TCP", 53), port("TCP", portOf(config.yahooBaseUrl()))));
    registerOutputs(Map.of());
  }

  /** For what this component's children and others make on the cluster. */
  CustomResourceOptions options(ComponentResource parent) {
    return optionsBuilder(parent).build();
  }

  CustomResourceOptions.Builder optionsBuilder(ComponentResource parent) {
    return CustomResourceOptions.builder()
        .parent(parent)
        .provider(provider)
        .customTimeouts(timeouts().build());
  }

  /** For a deletion that the plugin misses all the same: it looks again when its time is over. */
  static CustomTimeouts.Builder timeouts() {
    return CustomTimeouts.builder().delete(Duration.ofMinutes(1));
  }

  /** The namespace's name, once it is there. */
  Output<String> namespace() {
    return namespace.metadata().applyValue(metadata -> metadata.name().orElse(NAMESPACE));
  }

  static ObjectMetaArgs metadata(String name, Labels labels) {
    return metadata(name, labels, Map.of());
  }

  static ObjectMetaArgs metadata(String name, Labels labels, Map<String, String> annotations) {
    Map<String, String> all = new HashMap<>(DELETED_AT_ONCE);
    all.putAll(annotations);
    return clusterScoped(name, labels).namespace(NAMESPACE).annotations(all).build();
  }

  /** Of what is in no namespace. */
  static ObjectMetaArgs.Builder clusterScoped(String name, Labels labels) {
    return ObjectMetaArgs.builder().name(name).labels(labels.all()).annotations(DELETED_AT_ONCE);
  }

  /**
   * Of its certificate authority; a cluster that was made anew under the same address has another.
   */
  String fingerprint() {
    try {
      Matcher authority = CA.matcher(Files.readString(config.kubeconfig()));
      return authority.find() ? Hash.of(authority.group(1).getBytes(UTF_8), 12) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What waits for the namespace. */
  Namespace ready() {
    return namespace;
  }

  private void policy(
      String name,
      Map<String, String> pods,
      List<String> types,
      List<NetworkPolicyPortArgs> in,
      List<NetworkPolicyPortArgs> out) {
    NetworkPolicySpecArgs.Builder spec =
        NetworkPolicySpecArgs.builder()
            .podSelector(
                com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs.builder()
                    .matchLabels(pods)
                    .build())
            .policyTypes(types);
    if (!in.isEmpty()) {
      spec.ingress(NetworkPolicyIngressRuleArgs.builder().ports(in).build());
    }
    if (!out.isEmpty()) {
      spec.egress(NetworkPolicyEgressRuleArgs.builder().ports(out).build());
    }
    new NetworkPolicy(
        name,
        NetworkPolicyArgs.builder()
            .metadata(metadata(name, Labels.of("network")))
            .spec(spec.build())
            .build(),
        optionsBuilder(this).dependsOn(namespace).build());
  }

  private static NetworkPolicyPortArgs port(String protocol, int port) {
    return NetworkPolicyPortArgs.builder().protocol(protocol).port(port).build();
  }

  private static int portOf(URI url) {
    if (url.getPort() > 0) {
      return url.getPort();
    }
    return url.getScheme().equals("https") ? 443 : 80;
  }
}
