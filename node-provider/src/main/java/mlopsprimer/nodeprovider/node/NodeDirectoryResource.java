package mlopsprimer.nodeprovider.node;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import mlopsprimer.contract.NodePath;
import mlopsprimer.nodeprovider.rpc.Log;
import mlopsprimer.nodeprovider.rpc.ResourceException;
import mlopsprimer.nodeprovider.rpc.ResourceType;

/**
 * Resource type of a directory on a node, for a local PersistentVolume. Deleting the resource
 * deletes the directory and its files, unless the argument keep is true. An existing directory
 * cannot be moved, and its declared size cannot change, because Kubernetes cannot change the
 * volume.
 */
public final class NodeDirectoryResource
    implements ResourceType<NodeDirectoryArgs, NodeDirectoryState> {
  private static final Pattern PATH = Pattern.compile(NodePath.REGEX);
  private static final Pattern MODE = Pattern.compile("0?[0-7]{3}");

  @Override
  public String name() {
    return "NodeDirectory";
  }

  @Override
  public String description() {
    return "A directory on one node for a local PersistentVolume, created over SSH.";
  }

  @Override
  public Class<NodeDirectoryArgs> args() {
    return NodeDirectoryArgs.class;
  }

  @Override
  public Class<NodeDirectoryState> state() {
    return NodeDirectoryState.class;
  }

  @Override
  public Map<String, String> problemsWith(NodeDirectoryArgs args) {
    Map<String, String> problems = new TreeMap<>();
    if (args.path() != null && !PATH.matcher(args.path()).matches()) {
      problems.put(
          "path",
          args.path()
              + " may hold files of other programs, which would be deleted with the directory: use a path like /var/lib/mlops-primer");
    }
    if (args.mode() != null && !MODE.matcher(args.mode()).matches()) {
      problems.put("mode", args.mode() + " is not an octal mode: use one like 0750");
    }
    return problems;
  }

  @Override
  public Map<String, String> problemsWithChange(NodeDirectoryArgs before, NodeDirectoryArgs args) {
    Map<String, String> problems = new TreeMap<>();
    String back = "set the previous value again";
    refuseChange(
        problems,
        before,
        "node",
        before.node(),
        args.node(),
        "run 'vagrant up %s', which creates that node again".formatted(before.node()));
    refuseChange(problems, before, "path", before.path(), args.path(), back);
    refuseChange(problems, before, "size", before.size(), args.size(), back);
    return problems;
  }

  private static void refuseChange(
      Map<String, String> problems,
      NodeDirectoryArgs existing,
      String property,
      String before,
      String after,
      String remedy) {
    if (after != null && !after.equals(before)) {
      problems.put(
          property,
          "cannot change from %s to %s while the directory %s on %s exists: %s, or run 'pulumi destroy', which deletes the directory unless keepModels is set, and then 'pulumi up'"
              .formatted(before, after, existing.path(), existing.node(), remedy));
    }
  }

  @Override
  public String id(NodeDirectoryState state) {
    return state.args().node() + ":" + state.args().path();
  }

  @Override
  public NodeDirectoryState preview(NodeDirectoryArgs args) {
    return new NodeDirectoryState(args, null);
  }

  @Override
  public NodeDirectoryState previewUpdate(NodeDirectoryState state, NodeDirectoryArgs args) {
    return new NodeDirectoryState(args, state.made());
  }

  @Override
  public NodeDirectoryState create(NodeDirectoryArgs args, Log log) throws Exception {
    try (Node node = connect(args)) {
      requireNoFilesOfOthers(node, args);
      node.succeed(
          "install -d -o %d -g %d -m %s %s"
              .formatted(args.uid(), args.gid(), args.mode(), Node.quote(args.path())));
      return new NodeDirectoryState(args, made(node, args));
    }
  }

  @Override
  public Optional<NodeDirectoryState> read(NodeDirectoryState state, Log log) throws Exception {
    NodeDirectoryArgs args = state.args();
    try (Node node = connect(args)) {
      String command = "test -d " + Node.quote(args.path());
      Node.Result result = node.run(command);
      if (result.exit() == 0) {
        return Optional.of(new NodeDirectoryState(args, made(node, args)));
      }
      // A command that could not run, for example without sudo, does not show that the directory is
      // gone.
      if (result.exit() != 1 || !result.errors().isBlank()) {
        throw node.failed(command, result);
      }
      return Optional.empty();
    }
  }

  @Override
  public void delete(NodeDirectoryState state, Log log) throws Exception {
    NodeDirectoryArgs args = state.args();
    if (Boolean.TRUE.equals(args.keep())) {
      log.info("%s stays on %s, because keepModels is set".formatted(args.path(), args.node()));
      return;
    }
    SshConfig config = SshConfig.readIfPresent(Path.of(args.sshConfig()));
    if (config.find(args.node()).isPresent()) {
      try (Node node = connect(args)) {
        node.succeed("rm -rf --one-file-system -- " + Node.quote(args.path()));
      }
    }
  }

  /**
   * Fails if the directory is not empty and has another owner. Creating the resource would change
   * the owner of the directory, and deleting the resource would remove the files.
   */
  private static void requireNoFilesOfOthers(Node node, NodeDirectoryArgs args)
      throws ResourceException {
    String found =
        node.run(
                "find %s -maxdepth 0 ! -empty ! -uid %d"
                    .formatted(Node.quote(args.path()), args.uid()))
            .output();
    if (!found.isBlank()) {
      throw new ResourceException(
          "%s: %s exists, is not empty and has another owner: set storagePath to another directory, or remove this directory"
              .formatted(node.name(), args.path()));
    }
  }

  /** Reads the time for {@link NodeDirectoryState#made}. */
  private static String made(Node node, NodeDirectoryArgs args) throws ResourceException {
    return node.succeed("stat --format %.9W " + Node.quote(args.path())).strip();
  }

  private static Node connect(NodeDirectoryArgs args) throws Exception {
    return Node.connect(SshConfig.read(Path.of(args.sshConfig())).get(args.node()));
  }
}
