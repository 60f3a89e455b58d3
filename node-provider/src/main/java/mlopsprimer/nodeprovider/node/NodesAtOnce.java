package mlopsprimer.nodeprovider.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/**
 * Does the same work on several nodes at the same time. A failure on one node does not stop the
 * work on the others. An interrupt of the calling thread closes the connections to all nodes, which
 * ends the work at once.
 */
final class NodesAtOnce {
  private NodesAtOnce() {}

  /** Work on one node. */
  @FunctionalInterface
  interface Work<T> {
    T on(Node node) throws Exception;
  }

  /**
   * The results of all nodes.
   *
   * @param done what the work returned, by the name of the node
   * @param failures one message for each node on which the work failed
   */
  record Results<T>(Map<String, T> done, List<String> failures) {
    void requireNoFailure() throws ResourceException {
      if (!failures.isEmpty()) {
        throw new ResourceException(allFailures());
      }
    }

    String allFailures() {
      return String.join("\n", failures);
    }
  }

  /**
   * Does the work on one node.
   *
   * @throws ResourceException if the work failed or was interrupted
   */
  static <T> T onOne(SshConfig config, String node, Work<T> work) throws ResourceException {
    Results<T> results = run(config, List.of(node), work);
    results.requireNoFailure();
    return results.done().get(node);
  }

  /** Does the work on every node, and waits for all nodes. */
  static <T> Results<T> run(SshConfig config, List<String> nodes, Work<T> work) {
    if (nodes.isEmpty()) {
      return new Results<>(Map.of(), List.of());
    }
    Set<Node> connected = ConcurrentHashMap.newKeySet();
    ExecutorService threads = Executors.newFixedThreadPool(nodes.size());
    try {
      Map<String, Future<T>> running = new TreeMap<>();
      for (String name : nodes) {
        running.put(
            name,
            threads.submit(
                () -> {
                  try (Node node = Node.connect(config.get(name))) {
                    connected.add(node);
                    if (Thread.interrupted()) {
                      throw new InterruptedException();
                    }
                    return work.on(node);
                  }
                }));
      }
      return resultsOf(running, connected, threads);
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> Results<T> resultsOf(
      Map<String, Future<T>> running, Set<Node> connected, ExecutorService threads) {
    Map<String, T> done = new TreeMap<>();
    List<String> failures = new ArrayList<>();
    boolean interrupted = false;
    for (Map.Entry<String, Future<T>> node : running.entrySet()) {
      while (true) {
        try {
          done.put(node.getKey(), node.getValue().get());
        } catch (InterruptedException e) {
          // The results still count, so that the state has what was done on the nodes.
          interrupted = true;
          threads.shutdownNow();
          connected.forEach(Node::close);
          continue;
        } catch (ExecutionException e) {
          failures.add(message(node.getKey(), e.getCause(), interrupted));
        }
        break;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return new Results<>(done, failures);
  }

  private static String message(String node, Throwable cause, boolean interrupted) {
    if (interrupted) {
      return node + ": interrupted: repeat the command, which continues from here";
    }
    return cause instanceof ResourceException known ? known.getMessage() : node + ": " + cause;
  }
}
