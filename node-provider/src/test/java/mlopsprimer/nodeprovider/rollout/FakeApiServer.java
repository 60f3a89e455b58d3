package mlopsprimer.nodeprovider.rollout;

import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetListBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import mlopsprimer.nodeprovider.kubernetes.ScriptedApiServer;

/** A real HTTP server that answers like the API server for one Deployment. */
final class FakeApiServer implements AutoCloseable {
  private final AtomicInteger looks = new AtomicInteger();
  private final ScriptedApiServer server = new ScriptedApiServer();
  private volatile RolloutObjects now;

  /**
   * @param looks the state of the rollout by the number of the request for the Deployment, from 1
   */
  FakeApiServer(IntFunction<RolloutObjects> looks) throws IOException {
    String apps = "/apis/apps/v1/namespaces/" + RolloutObjects.NAMESPACE;
    server.answer(
        apps + "/deployments/" + RolloutObjects.NAME,
        () -> {
          now = looks.apply(this.looks.incrementAndGet());
          return now.deployment();
        });
    server.answer(
        apps + "/replicasets", () -> new ReplicaSetListBuilder().withItems(now.sets()).build());
    server.answer(
        "/api/v1/namespaces/%s/pods".formatted(RolloutObjects.NAMESPACE),
        () -> new PodListBuilder().withItems(now.pods()).build());
  }

  /** Answers the next requests with an error: see {@link ScriptedApiServer#refuse}. */
  void refuse(int status, int requests) {
    server.refuse(status, requests);
  }

  int looks() {
    return looks.get();
  }

  Path kubeconfig(Path directory) throws IOException {
    return server.kubeconfig(directory);
  }

  @Override
  public void close() {
    server.close();
  }
}
