package mlopsprimer.nodeprovider.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/** A kubeconfig file, which says how to reach the API server of a cluster. */
public final class Kubeconfig {
  private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(5).toMillis();
  private static final int REQUEST_MILLIS = (int) Duration.ofSeconds(10).toMillis();

  private Kubeconfig() {}

  /**
   * Which cluster a kubeconfig is used for.
   *
   * @param context name of a context of the file, or null for its current context
   */
  public record Cluster(Path file, String context) {}

  /**
   * Creates a client, which makes each request once. The first request connects to the API server.
   *
   * @throws ResourceException if the file cannot be used as a kubeconfig
   */
  public static KubernetesClient connect(Cluster of) throws ResourceException {
    if (!Files.isRegularFile(of.file())) {
      throw new ResourceException(
          "the kubeconfig %s does not exist: run 'vagrant up', which writes that file, or set kubeconfig to the file of another cluster"
              .formatted(of.file()));
    }
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(read(of))
                .withRequestRetryBackoffLimit(0)
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(REQUEST_MILLIS)
                .build())
        .build();
  }

  /** Work on a cluster. */
  @FunctionalInterface
  public interface Work<T> {
    T on(KubernetesClient cluster) throws ResourceException;
  }

  /** Work on a cluster that gives no result. */
  @FunctionalInterface
  public interface Action {
    void on(KubernetesClient cluster) throws ResourceException;
  }

  /**
   * Does work on the cluster.
   *
   * @throws ResourceException if the file cannot be used, or if the API server cannot be reached or
   *     does not do what the work asks for
   */
  public static <T> T use(Cluster of, Work<T> work) throws ResourceException {
    try (KubernetesClient cluster = connect(of)) {
      return work.on(cluster);
    } catch (KubernetesClientException e) {
      throw failed(of.file(), e);
    }
  }

  /**
   * Does work on the cluster, unless the cluster may be gone.
   *
   * @return why the work was not done, as a clause; empty if it was done
   * @throws ResourceException like {@link #use}, except if there is no such file or the API server
   *     cannot be reached
   */
  public static Optional<String> useIfThere(Cluster of, Action action) throws ResourceException {
    if (!Files.exists(of.file())) {
      return Optional.of(of.file() + " does not exist");
    }
    try (KubernetesClient cluster = connect(of)) {
      action.on(cluster);
      return Optional.empty();
    } catch (KubernetesClientException e) {
      if (!isUnreachable(e)) {
        throw failed(of.file(), e);
      }
      return Optional.of("it does not answer (%s)".formatted(cause(e)));
    }
  }

  private static ResourceException failed(Path file, KubernetesClientException e) {
    return new ResourceException(
        "the API server of %s did not do what was asked: %s. Check the cluster with 'kubectl get nodes'; 'vagrant up' starts the cluster of this project. Then repeat the command"
            .formatted(file, cause(e)),
        e);
  }

  /** Whether the API server could not be reached, so that its objects are unknown. */
  private static boolean isUnreachable(KubernetesClientException failure) {
    return failure.getCode() == 0
        && failure.getCause() instanceof IOException
        && !(failure.getCause() instanceof InterruptedIOException)
        && !Thread.currentThread().isInterrupted();
  }

  private static String cause(KubernetesClientException failure) {
    return failure.getCause() == null ? failure.getMessage() : failure.getCause().toString();
  }

  private static Config read(Cluster of) throws ResourceException {
    RuntimeException cause = null;
    try {
      Config config =
          of.context() == null
              ? Config.fromKubeconfig(of.file().toFile())
              : Config.fromKubeconfig(of.context(), of.file().toFile());
      if (config.getCurrentContext() != null
          && (of.context() == null || of.context().equals(config.getCurrentContext().getName()))) {
        return config;
      }
    } catch (
        RuntimeException
            e) { // the client throws exceptions of many types, even NullPointerException
      cause = e;
    }
    throw new ResourceException(
        of.context() == null
            ? "%s is not a kubeconfig with a current context: run 'vagrant provision', which writes that file again, or set kubeContext"
                .formatted(of.file())
            : "%s has no context %s: set kubeContext to a name that 'kubectl config get-contexts' prints"
                .formatted(of.file(), of.context()),
        cause);
  }
}
