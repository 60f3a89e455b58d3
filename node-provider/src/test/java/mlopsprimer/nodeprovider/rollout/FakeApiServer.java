package mlopsprimer.nodeprovider.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetListBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import mlopsprimer.nodeprovider.kubernetes.KubeconfigFile;

/** A real HTTP server that answers like the API server for one Deployment. */
final class FakeApiServer implements AutoCloseable {
  private final AtomicInteger looks = new AtomicInteger();
  private final HttpServer server;
  private volatile RolloutObjects now;
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile int refusal;

  /**
   * @param looks the state of the rollout by the number of the request for the Deployment, from 1
   */
  FakeApiServer(IntFunction<RolloutObjects> looks) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String apps = "/apis/apps/v1/namespaces/" + RolloutObjects.NAMESPACE;
    answer(
        apps + "/deployments/" + RolloutObjects.NAME,
        () -> {
          now = looks.apply(this.looks.incrementAndGet());
          return now.deployment();
        });
    answer(apps + "/replicasets", () -> new ReplicaSetListBuilder().withItems(now.sets()).build());
    answer(
        "/api/v1/namespaces/%s/pods".formatted(RolloutObjects.NAMESPACE),
        () -> new PodListBuilder().withItems(now.pods()).build());
    server.start();
  }

  /**
   * Answers the next requests with an error.
   *
   * @param status status code of the error
   * @param requests number of requests that get the error
   */
  void refuse(int status, int requests) {
    refusal = status;
    refusals.set(requests);
  }

  int looks() {
    return looks.get();
  }

  Path kubeconfig(Path directory) throws IOException {
    return KubeconfigFile.write(directory, server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** Makes the object of one answer. */
  private interface Answer {
    KubernetesResource object();
  }

  private void answer(String path, Answer answer) {
    server.createContext(
        path,
        exchange -> {
          boolean refused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
          int status = refused ? refusal : 200;
          KubernetesResource object =
              refused
                  ? new StatusBuilder().withCode(refusal).withMessage("refused").build()
                  : answer.object();
          byte[] body = Serialization.asJson(object).getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }
}
