package mlopsprimer.nodeprovider;

import static com.google.common.util.concurrent.Uninterruptibles.getUninterruptibly;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mlopsprimer.nodeprovider.Engine.Log;

/**
 * An image on every node. Inputs: {@code reference}, {@code digest} and {@code archive} of an
 * image, {@code nodes} and {@code sshConfig}. Output: {@code imported}, the digest by node. Another
 * image is another resource, made before this one goes; a node that is added gets the image.
 */
final class NodeImportKind implements Kind {
  @Override
  public Properties check(Properties inputs) throws InvalidInputs {
    Map<String, String> problems =
        inputs.problemsWith(
            List.of("reference", "digest", "archive", "sshConfig"), List.of(), List.of("nodes"));
    if (!problems.isEmpty()) {
      throw new InvalidInputs(problems);
    }
    return inputs;
  }

  @Override
  public Set<String> replaces() {
    return Set.of("reference", "digest");
  }

  @Override
  public boolean hasDrifted(Properties state, Properties inputs) {
    return inputs.isKnown("nodes")
        && !state.textMap("imported").keySet().containsAll(inputs.texts("nodes"));
  }

  @Override
  public String idOf(Properties state) {
    return state.text("reference");
  }

  @Override
  public Properties preview(Properties inputs) {
    return inputs.withUnknown("imported");
  }

  @Override
  public Properties create(Properties inputs, Log log) throws Exception {
    String reference = inputs.text("reference");
    String digest = inputs.text("digest");
    Path archive = Path.of(inputs.text("archive"));
    Done done =
        onEach(
            inputs.texts("nodes"),
            inputs,
            node -> {
              Containerd containerd = new Containerd(node);
              if (containerd.has(reference, digest)) {
                log.info("%s has %s already".formatted(node.name(), reference));
              } else {
                log.info("importing %s on %s".formatted(reference, node.name()));
                long start = System.nanoTime();
                containerd.put(reference, digest, archive);
                log.info(
                    "%s has %s after %s".formatted(node.name(), reference, Seconds.since(start)));
              }
              return Optional.of(digest);
            });
    Properties state = inputs.with("imported", done.digests());
    if (!done.failures().isEmpty() && !done.digests().isEmpty()) {
      throw new PartlyDoneException(state, String.join("\n", done.failures()));
    }
    done.requireNoFailure();
    return state;
  }

  /** An unreachable node is an error: nobody knows what it has. */
  @Override
  public Optional<Properties> read(Properties state, Log log) throws Exception {
    SshConfig config = SshConfig.read(Path.of(state.text("sshConfig")));
    List<String> nodes =
        state.texts("nodes").stream().filter(node -> config.find(node).isPresent()).toList();
    Done seen =
        onEach(
            nodes,
            state,
            node ->
                new Containerd(node).has(state.text("reference"), state.text("digest"))
                    ? Optional.of(state.text("digest"))
                    : Optional.empty());
    seen.requireNoFailure();
    return Optional.of(state.with("imported", seen.digests()));
  }

  @Override
  public Properties update(Properties state, Properties inputs, Log log) throws Exception {
    return create(inputs, log);
  }

  /** A node that Vagrant has destroyed took its images along. */
  @Override
  public void delete(Properties state, Log log) throws Exception {
    SshConfig config = SshConfig.readIfThere(Path.of(state.text("sshConfig")));
    List<String> nodes =
        state.texts("nodes").stream().filter(node -> config.find(node).isPresent()).toList();
    onEach(
            nodes,
            state,
            node -> {
              new Containerd(node).remove(state.text("reference"), state.text("digest"));
              return Optional.empty();
            })
        .requireNoFailure();
  }

  /** What is done on one node; empty if it has no digest to show for it. */
  private interface Work {
    Optional<String> on(Node node) throws Exception;
  }

  /** The digests by node, and what failed on the others. */
  private record Done(Map<String, String> digests, List<String> failures) {
    void requireNoFailure() throws NodeException {
      if (!failures.isEmpty()) {
        throw new NodeException(String.join("\n", failures));
      }
    }
  }

  /** On all nodes at once; every one is tried. */
  private static Done onEach(List<String> nodes, Properties inputs, Work work) throws Exception {
    if (nodes.isEmpty()) {
      return new Done(Map.of(), List.of());
    }
    SshConfig config = SshConfig.read(Path.of(inputs.text("sshConfig")));
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
      Map<String, String> done = new TreeMap<>();
      List<String> failures = new ArrayList<>();
      for (Map.Entry<String, Future<Optional<String>>> entry : running.entrySet()) {
        try {
          // Who interrupts waits for a moment more, and what was done is known.
          getUninterruptibly(entry.getValue())
              .ifPresent(digest -> done.put(entry.getKey(), digest));
        } catch (ExecutionException e) {
          failures.add(
              e.getCause() instanceof NodeException known
                  ? known.getMessage()
                  : entry.getKey() + ": " + e.getCause());
        }
      }
      return new Done(done, failures);
    } finally {
      threads.shutdownNow();
    }
  }
}
