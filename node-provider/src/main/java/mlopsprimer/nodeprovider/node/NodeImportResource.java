package mlopsprimer.nodeprovider.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mlopsprimer.nodeprovider.rpc.Elapsed;
import mlopsprimer.nodeprovider.rpc.Log;
import mlopsprimer.nodeprovider.rpc.PartlyDoneException;
import mlopsprimer.nodeprovider.rpc.ResourceType;

/** Resource type of the import of an image into containerd on every node. */
public final class NodeImportResource implements ResourceType<NodeImportArgs, NodeImportState> {
  @Override
  public String name() {
    return "NodeImport";
  }

  @Override
  public String description() {
    return "A container image that is imported into containerd on every node, over SSH.";
  }

  @Override
  public Class<NodeImportArgs> args() {
    return NodeImportArgs.class;
  }

  @Override
  public Class<NodeImportState> state() {
    return NodeImportState.class;
  }

  @Override
  public boolean hasDrifted(NodeImportState state, NodeImportArgs args) {
    return args.nodes() != null && !state.imported().keySet().containsAll(args.nodes());
  }

  @Override
  public String id(NodeImportState state) {
    return state.args().reference();
  }

  @Override
  public NodeImportState preview(NodeImportArgs args) {
    return new NodeImportState(args, null);
  }

  @Override
  public NodeImportState create(NodeImportArgs args, Log log) throws Exception {
    NodesAtOnce.Results results =
        NodesAtOnce.run(
            SshConfig.read(Path.of(args.sshConfig())),
            args.nodes(),
            node -> {
              importOn(node, args, log);
              return Optional.of(args.digest());
            });
    NodeImportState state = new NodeImportState(args, results.digests());
    if (!results.failures().isEmpty() && !results.digests().isEmpty()) {
      throw new PartlyDoneException(state, results.allFailures());
    }
    results.requireNoFailure();
    return state;
  }

  private static void importOn(Node node, NodeImportArgs args, Log log) throws Exception {
    Containerd containerd = new Containerd(node);
    if (containerd.has(args.reference(), args.digest())) {
      log.info("%s already has %s".formatted(node.name(), args.reference()));
      return;
    }
    log.info("importing %s on %s".formatted(args.reference(), node.name()));
    long start = System.nanoTime();
    containerd.put(args.reference(), args.digest(), Path.of(args.archive()));
    log.info("%s has %s after %s".formatted(node.name(), args.reference(), Elapsed.since(start)));
  }

  /** Fails if a node does not answer, because its images are unknown then. */
  @Override
  public Optional<NodeImportState> read(NodeImportState state, Log log) throws Exception {
    NodeImportArgs args = state.args();
    SshConfig config = SshConfig.read(Path.of(args.sshConfig()));
    NodesAtOnce.Results results =
        NodesAtOnce.run(
            config,
            existing(args.nodes(), config),
            node ->
                new Containerd(node).has(args.reference(), args.digest())
                    ? Optional.of(args.digest())
                    : Optional.empty());
    results.requireNoFailure();
    return Optional.of(new NodeImportState(args, results.digests()));
  }

  @Override
  public void delete(NodeImportState state, Log log) throws Exception {
    NodeImportArgs args = state.args();
    SshConfig config = SshConfig.readIfPresent(Path.of(args.sshConfig()));
    NodesAtOnce.run(
            config,
            existing(args.nodes(), config),
            node -> {
              new Containerd(node).remove(args.reference(), args.digest());
              return Optional.empty();
            })
        .requireNoFailure();
  }

  /** The nodes that Vagrant has not destroyed. A destroyed node has no images any more. */
  private static List<String> existing(List<String> nodes, SshConfig config) {
    return nodes.stream().filter(node -> config.find(node).isPresent()).toList();
  }
}
