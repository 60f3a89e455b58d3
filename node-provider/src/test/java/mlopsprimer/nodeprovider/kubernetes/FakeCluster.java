package mlopsprimer.nodeprovider.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;

/** A real HTTP server that keeps Kubernetes objects in memory, and a kubeconfig for it. */
public final class FakeCluster implements AutoCloseable {
  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(),
          false);

  /**
   * @param checkout directory in which the kubeconfig admin.conf is written
   */
  public FakeCluster(Path checkout) throws IOException {
    server.init();
    KubeconfigFile.write(checkout, server.getPort());
  }

  public KubernetesClient client() {
    return server.createClient();
  }

  @Override
  public void close() {
    server.destroy();
  }
}
