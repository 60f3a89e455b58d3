package mlopsprimer.nodeprovider.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import mlopsprimer.nodeprovider.kubernetes.FakeCluster;
import mlopsprimer.nodeprovider.kubernetes.Kubeconfig;
import mlopsprimer.nodeprovider.rpc.ResourceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finds the URL of a Service of each type. */
class ServiceCheckTest {
  private static final String NAMESPACE = "mlops-primer";
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir Path home;
  private FakeCluster cluster;

  @BeforeEach
  void start() throws Exception {
    cluster = new FakeCluster(home);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void theAddressOfALoadBalancerIsAsked() throws Exception {
    try (FakeWebsite website = new FakeWebsite(n -> "new")) {
      URI url = URI.create(website.url());
      LoadBalancerIngress address = new LoadBalancerIngressBuilder().withIp(url.getHost()).build();
      service("LoadBalancer", url.getPort(), address);

      assertThat(check(url.getPath())).isEqualTo(website.url());
      assertThat(website.requests()).isPositive();
    }
  }

  @Test
  void aLoadBalancerWithoutAnAddressIsAnErrorWithTheRemedy() {
    service("LoadBalancer", 80, null);

    assertThatThrownBy(() -> check("/"))
        .isInstanceOf(ResourceException.class)
        .hasMessageContaining("the Service api has no address after")
        .hasMessageContaining("set serviceType to NodePort or ClusterIP");
  }

  @Test
  void aServiceInsideTheClusterIsAskedThroughTheApiServer() {
    service("ClusterIP", 80, null);

    assertThatThrownBy(() -> check("/answer"))
        .as("the API server of this test passes nothing on")
        .isInstanceOf(ResourceException.class)
        .hasMessageContaining("the Service api, asked through the API server,")
        .hasMessageContaining("still gives an answer without new");
  }

  @Test
  void anAddressOutsideTheClusterIsPreferred() {
    node("a", "InternalIP", "10.0.0.1");
    node("b", "ExternalIP", "203.0.113.7");

    try (KubernetesApi api = connect()) {
      assertThat(api.addressOfNode()).contains("203.0.113.7");
    } catch (ResourceException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aMissingServiceIsNamed() {
    assertThatThrownBy(() -> check("/"))
        .isInstanceOf(ResourceException.class)
        .hasMessageContaining("the namespace mlops-primer has no Service api");
  }

  private String check(String path) throws Exception {
    RolloutArgs args =
        new RolloutArgs("admin.conf", null, NAMESPACE, "api", "1", null, "api", path, "new");
    RolloutLimits limits =
        new RolloutLimits(
            Duration.ofMillis(20), SHORT, SHORT, SHORT, SHORT, SHORT, Duration.ofSeconds(1));
    try (KubernetesApi api = connect()) {
      return new ServiceCheck(api, args, limits).untilRight();
    }
  }

  private KubernetesApi connect() throws ResourceException {
    return KubernetesApi.connect(new Kubeconfig.Cluster(home.resolve("admin.conf"), null));
  }

  private void service(String type, int port, LoadBalancerIngress address) {
    ServiceBuilder service =
        new ServiceBuilder()
            .withNewMetadata()
            .withName("api")
            .withNamespace(NAMESPACE)
            .endMetadata()
            .withNewSpec()
            .withType(type)
            .addNewPort()
            .withName("http")
            .withPort(port)
            .endPort()
            .endSpec();
    if (address != null) {
      service
          .withNewStatus()
          .withNewLoadBalancer()
          .withIngress(address)
          .endLoadBalancer()
          .endStatus();
    }
    cluster.client().resource(service.build()).create();
  }

  private void node(String name, String type, String address) {
    cluster
        .client()
        .resource(
            new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewStatus()
                .addNewAddress(address, type)
                .endStatus()
                .build())
        .create();
  }
}
