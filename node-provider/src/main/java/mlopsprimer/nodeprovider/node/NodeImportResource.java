package mlopsprimer.nodeprovider.node;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mlopsprimer.nodeprovider.rpc.Elapsed;
import mlopsprimer.nodeprovider.rpc.Log;
import mlopsprimer.nodeprovider.rpc.PartlyDoneException;
import mlopsprimer.nodeprovider.rpc.ResourceType;

/** Resource type of the import of an image into containerd on every node. */
public final class NodeImportResource implements ResourceType<NodeImportArgs, NodeImportState> {
  private final Path checkout;

  /**
   * @param checkout the directory that relative paths start from
   */
  public NodeImportResource(Path checkout) {
    this.checkout = checkout;
  }

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
    Path archive = checkout.resolve(args.archive());
    NodesAtOnce.Results<String> results =
        NodesAtOnce.run(
            SshConfig.read(checkout.resolve(args.sshConfig())),
            args.nodes(),
            node -> {
              importOn(node, args, archive, log);
              return args.digest();
            });
    NodeImportState state = new NodeImportState(args, results.done());
    if (!results.failures().isEmpty() && !results.done().isEmpty()) {
      throw new PartlyDoneException(state, results.allFailures());
    }
    results.requireNoFailure();
    return state;
  }

  private static void importOn(Node node, NodeImportArgs args, Path archive, Log log)
      throws Exception {
    Containerd containerd = new Containerd(node);
    if (containerd.has(args.reference(), args.digest())) {
      log.info("%s already has %s".formatted(node.name(), args.reference()));
      return;
    }
    log.info("importing %s on %s".formatted(args.reference(), node.name()));
    long start = System.nanoTime();
    containerd.put(args.reference(), args.digest(), archive);
    log.info("%s has %s after %s".formatted(node.name(), args.reference(), Elapsed.since(start)));
  }

  /** Fails if a node does not answer, because its images are unknown then. */
  @Override
  public Optional<NodeImportState> read(NodeImportState state, Log log) throws Exception {
    NodeImportArgs args = state.args();
    SshConfig config = SshConfig.read(checkout.resolve(args.sshConfig()));
    NodesAtOnce.Results<Boolean> results =
        NodesAtOnce.run(
            config,
            config.known(args.nodes(), SshConfig.READ_AGAIN, log),
            node -> new Containerd(node).has(args.reference(), args.digest()));
    results.requireNoFailure();
    Map<String, String> imported = new TreeMap<>();
    results
        .done()
        .forEach(
            (node, found) -> {
              if (found) {
                imported.put(node, args.digest());
              }
            });
    return Optional.of(new NodeImportState(args, imported));
  }

  @Override
  public void delete(NodeImportState state, Log log) throws Exception {
    NodeImportArgs args = state.args();
    SshConfig config = SshConfig.readIfPresent(checkout.resolve(args.sshConfig()));
    NodesAtOnce.run(
            config,
            config.known(
                args.nodes(),
                "remove the image there: sudo ctr --namespace k8s.io images rm " + args.reference(),
                log),
            node -> {
              new Containerd(node).remove(args.reference(), args.digest());
              return true;
            })
        .requireNoFailure();
  }
}
