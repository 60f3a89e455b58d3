package mlopsprimer.nodeprovider.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A real HTTP server that answers like the API server, with objects that a test makes. */
public final class ScriptedApiServer implements AutoCloseable {
  private final HttpServer server;
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile int refusal;

  /** Starts the server, which has no objects yet. */
  public ScriptedApiServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  /** Answers requests for a path with the object that is made for each of them. */
  public void answer(String path, Supplier<? extends KubernetesResource> object) {
    server.createContext(
        path,
        exchange -> {
          boolean refused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
          int status = refused ? refusal : 200;
          KubernetesResource made =
              refused
                  ? new StatusBuilder().withCode(refusal).withMessage("refused").build()
                  : object.get();
          byte[] body = Serialization.asJson(made).getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  /**
   * Answers the next requests with an error.
   *
   * @param status status code of the error
   * @param requests number of requests that get the error
   */
  public void refuse(int status, int requests) {
    refusal = status;
    refusals.set(requests);
  }

  public Path kubeconfig(Path directory) throws IOException {
    return KubeconfigFile.write(directory, server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
