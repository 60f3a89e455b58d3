package mlopsprimer.nodeprovider.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import mlopsprimer.contract.NodePath;
import mlopsprimer.contract.StackOwner;
import mlopsprimer.nodeprovider.rpc.Log;
import mlopsprimer.nodeprovider.rpc.ResourceException;
import mlopsprimer.nodeprovider.rpc.ResourceType;
import mlopsprimer.nodeprovider.takeover.Takeover;

/**
 * Resource type of a directory on a node, for a local PersistentVolume. Deleting the resource
 * deletes the directory and its files, unless the argument keep is true. An existing directory
 * cannot be moved, and its declared size cannot change, because Kubernetes cannot change the
 * volume.
 */
public final class NodeDirectoryResource
    implements ResourceType<NodeDirectoryArgs, NodeDirectoryState> {
  private static final Pattern MODE = Pattern.compile("0?[0-7]{3}");

  private final Path checkout;
  private final Function<String, Optional<String>> problemWithPath;

  /**
   * @param checkout the directory that relative paths start from
   */
  public NodeDirectoryResource(Path checkout) {
    this(checkout, NodePath::problem);
  }

  /**
   * @param problemWithPath why a path on a node must not be touched; empty if it may be
   */
  NodeDirectoryResource(Path checkout, Function<String, Optional<String>> problemWithPath) {
    this.checkout = checkout;
    this.problemWithPath = problemWithPath;
  }

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
    Optional.ofNullable(args.path())
        .flatMap(problemWithPath)
        .ifPresent(
            why ->
                problems.put("path", "%s %s: use %s".formatted(args.path(), why, NodePath.WANTED)));
    if (args.owner() != null && StackOwner.parse(args.owner()).isEmpty()) {
      problems.put("owner", args.owner() + " is not an owner: use project/stack/id");
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
          "cannot change from %s to %s while the directory %s on %s exists: %s, or run 'pulumi destroy', which deletes the directory unless keepModels was set at the last 'pulumi up', and then 'pulumi up'"
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
    return make(args, Optional.ofNullable(args.adopt()).orElse("none"), log);
  }

  /** A directory that a version without marks created gets its mark here. */
  @Override
  public NodeDirectoryState update(NodeDirectoryState state, NodeDirectoryArgs args, Log log)
      throws Exception {
    return state.args().owner() == null ? make(args, StackOwner.UNMARKED, log) : create(args, log);
  }

  private NodeDirectoryState make(NodeDirectoryArgs args, String adopt, Log log) throws Exception {
    StackOwner owner =
        Optional.ofNullable(args.owner())
            .flatMap(StackOwner::parse)
            .orElseThrow(
                () -> new ResourceException(args.path() + " needs an owner: project/stack/id"));
    return NodesAtOnce.onOne(
        SshConfig.read(checkout.resolve(args.sshConfig())),
        args.node(),
        node -> {
          OwnedDirectory directory = new OwnedDirectory(node, args.path(), problemWithPath);
          OwnedDirectory.Found found = directory.look();
          if (found.isTaken()) {
            new Takeover(owner, adopt)
                .require(
                    "the directory %s on %s".formatted(args.path(), node.name()),
                    found.owner(),
                    "pulumi config set storagePath " + args.path() + "-2");
          }
          if (found.holdsFiles() && !found.owner().filter(owner::isSameStackAs).isPresent()) {
            log.info("taking up %s".formatted(contents(directory, args)));
          }
          directory.make(args.uid(), args.gid(), args.mode(), owner);
          return new NodeDirectoryState(args, directory.made());
        });
  }

  @Override
  public Optional<NodeDirectoryState> read(NodeDirectoryState state, Log log) throws Exception {
    NodeDirectoryArgs args = state.args();
    SshConfig config = SshConfig.readIfPresent(checkout.resolve(args.sshConfig()));
    if (config.known(List.of(args.node()), SshConfig.READ_AGAIN, log).isEmpty()) {
      return Optional.of(state);
    }
    return NodesAtOnce.onOne(
        config,
        args.node(),
        node -> {
          OwnedDirectory directory = new OwnedDirectory(node, args.path(), problemWithPath);
          return directory.look().exists()
              ? Optional.of(new NodeDirectoryState(args, directory.made()))
              : Optional.empty();
        });
  }

  /** Deletes the directory if it has the mark of the resource's stack. */
  @Override
  public void delete(NodeDirectoryState state, Log log) throws Exception {
    NodeDirectoryArgs args = state.args();
    String byHand =
        "remove %1$s there: sudo rm -rf %1$s %1$s%2$s".formatted(args.path(), OwnedDirectory.MARK);
    Optional<String> problem = problemWithPath.apply(args.path());
    if (problem.isPresent()) {
      log.warn(
          "%s on %s stays, because the path %s. If nobody needs it, %s"
              .formatted(args.path(), args.node(), problem.get(), byHand));
      return;
    }
    SshConfig config = SshConfig.readIfPresent(checkout.resolve(args.sshConfig()));
    if (config.known(List.of(args.node()), byHand, log).isEmpty()) {
      return;
    }
    NodesAtOnce.onOne(
        config,
        args.node(),
        node -> {
          remove(new OwnedDirectory(node, args.path(), problemWithPath), args, byHand, log);
          return true;
        });
  }

  private static void remove(
      OwnedDirectory directory, NodeDirectoryArgs args, String byHand, Log log)
      throws ResourceException {
    OwnedDirectory.Found found = directory.look();
    Optional<StackOwner> owner = Optional.ofNullable(args.owner()).flatMap(StackOwner::parse);
    if (!found.isTaken() && !found.exists()) {
      return;
    }
    if (owner.isEmpty() || found.owner().filter(owner.get()::isSameStackAs).isEmpty()) {
      log.warn(
          "%s on %s stays, because %s. If nobody needs it, %s"
              .formatted(
                  args.path(),
                  args.node(),
                  found
                      .owner()
                      .map(other -> "it belongs to the stack " + other)
                      .orElse("it does not carry the mark of a stack"),
                  byHand));
    } else if (!found.exists()) {
      directory.delete(); // the directory was removed by hand, and its mark was left
    } else if (Boolean.TRUE.equals(args.keep())) {
      keep(directory, owner.get(), contents(directory, args), log);
    } else {
      log.warn("deleting " + contents(directory, args));
      directory.delete();
    }
  }

  /** Leaves a directory to the next stack of the same project and name. */
  static void keep(OwnedDirectory directory, StackOwner owner, String contents, Log log)
      throws ResourceException {
    directory.mark(owner.kept());
    log.warn(
        "leaving %s, because keepModels was set when 'pulumi up' last ran. The next 'pulumi up' of this stack takes them up again"
            .formatted(contents));
  }

  /** What the directory holds and where it is: 3 models in PATH on NODE. */
  private static String contents(OwnedDirectory directory, NodeDirectoryArgs args)
      throws ResourceException {
    String where = "%s on %s".formatted(args.path(), args.node());
    if (args.modelFile() == null) {
      return where;
    }
    int models = directory.count(args.modelFile());
    return "%d model%s in %s".formatted(models, models == 1 ? "" : "s", where);
  }
}
