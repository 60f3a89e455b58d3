package mlopsprimer.nodeprovider.node;

import static com.google.common.util.concurrent.Uninterruptibles.getUninterruptibly;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/**
 * Does the same work on several nodes at the same time. A failure on one node does not stop the
 * work on the others.
 */
final class NodesAtOnce {
  private NodesAtOnce() {}

  /** Work on one node. */
  @FunctionalInterface
  interface Work {
    /** The digest of the image that the node has now, or empty if it does not have the image. */
    Optional<String> on(Node node) throws Exception;
  }

  /**
   * The results of all nodes.
   *
   * @param digests the digest that the work returned, by the name of the node
   * @param failures one message for each node on which the work failed
   */
  record Results(Map<String, String> digests, List<String> failures) {
    void requireNoFailure() throws ResourceException {
      if (!failures.isEmpty()) {
        throw new ResourceException(allFailures());
      }
    }

    String allFailures() {
      return String.join("\n", failures);
    }
  }

  /** Does the work on every node, and waits for all nodes. */
  static Results run(SshConfig config, List<String> nodes, Work work) {
    if (nodes.isEmpty()) {
      return new Results(Map.of(), List.of());
    }
    ExecutorService threads = Executors.newFixedThreadPool(nodes.size());
    try {
      Map<String, Future<Optional<String>>> running = new TreeMap<>();
      for (String name : nodes) {
        running.put(
            name,
            threads.submit(
                () -> {
                  try (Node node = Node.connect(config.get(name))) {
                    return work.on(node);
                  }
                }));
      }
      Map<String, String> digests = new TreeMap<>();
      List<String> failures = new ArrayList<>();
      running.forEach(
          (name, result) -> {
            try {
              // An interrupted update waits for the nodes, so that its state has what was done on
              // them.
              getUninterruptibly(result).ifPresent(digest -> digests.put(name, digest));
            } catch (ExecutionException e) {
              failures.add(
                  e.getCause() instanceof ResourceException known
                      ? known.getMessage()
                      : name + ": " + e.getCause());
            }
          });
      return new Results(digests, failures);
    } finally {
      threads.shutdownNow();
    }
  }
}
