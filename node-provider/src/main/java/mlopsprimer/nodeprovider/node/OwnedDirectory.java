package mlopsprimer.nodeprovider.node;

import java.util.Optional;
import java.util.function.Function;
import mlopsprimer.contract.StackOwner;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/**
 * One directory on a node, with the mark of the stack that it belongs to. The mark is a file in the
 * directory, which only root can write. Only a directory with the stack's mark is changed or
 * deleted, because these commands run as root, and the port of this plugin is open to every user of
 * the machine.
 */
final class OwnedDirectory {
  /** Name of the file with the mark. */
  static final String MARK = ".owner";

  private static final String NOTHING = "nothing";
  private static final String EMPTY = "empty";
  private static final String MARKED = "owner ";

  private final Node node;
  private final String path;

  /** What a directory is before a stack creates it: missing, empty, unmarked, or owned. */
  record Found(boolean exists, boolean holdsFiles, Optional<StackOwner> owner) {}

  /**
   * @param problemWith the rule for paths, which also holds for the place that a symbolic link on
   *     the node leads to
   * @throws ResourceException if the path, or what it leads to, must not be touched
   */
  OwnedDirectory(Node node, String path, Function<String, Optional<String>> problemWith)
      throws ResourceException {
    this.node = node;
    this.path = path;
    String real = node.succeed("readlink -m -- " + Node.quote(path)).strip();
    for (String place : new String[] {path, real}) {
      Optional<String> problem = problemWith.apply(place);
      if (problem.isPresent()) {
        throw new ResourceException(
            "%s: %s%s %s: nothing was changed there. Set storagePath to another directory"
                .formatted(
                    node.name(),
                    path,
                    real.equals(path) ? "" : ", which is %s,".formatted(real),
                    problem.get()));
      }
    }
  }

  /** Looks at the directory, and changes nothing. */
  Found look() throws ResourceException {
    String directory = Node.quote(path);
    String mark = Node.quote(path + "/" + MARK);
    String script =
        "if [ -f %2$s ]; then printf '%3$s'; head -c 300 %2$s; elif [ -z \"$(ls -A %1$s 2>/dev/null)\" ]; then if [ -d %1$s ]; then echo %5$s; else echo %4$s; fi; fi"
            .formatted(directory, mark, MARKED, NOTHING, EMPTY);
    Node.Result result = node.script(script);
    // A command that could not run, for example without sudo, does not show that the directory is
    // gone.
    if (result.exit() != 0 || !result.errors().isBlank()) {
      throw node.failed("sh", result);
    }
    String found = result.output().strip();
    return switch (found) {
      case NOTHING -> new Found(false, false, Optional.empty());
      case EMPTY -> new Found(true, false, Optional.empty());
      default ->
          new Found(
              true,
              true,
              found.startsWith(MARKED)
                  ? StackOwner.parse(found.substring(MARKED.length()))
                  : Optional.empty());
    };
  }

  /** Creates the directory if it does not exist, sets its access, and writes the mark. */
  void make(int uid, int gid, String mode, StackOwner owner) throws ResourceException {
    String mark = Node.quote(path + "/" + MARK);
    require(
        "set -e; install -d -o %d -g %d -m %s %s; echo %s >%s.new; chmod 0644 %s.new; mv %s.new %s"
            .formatted(
                uid,
                gid,
                mode,
                Node.quote(path),
                Node.quote(owner.toString()),
                mark,
                mark,
                mark,
                mark));
  }

  void delete() throws ResourceException {
    node.succeed("rm -rf --one-file-system -- " + Node.quote(path));
  }

  /** The number of files with that name in the directory and below it. */
  int count(String file) throws ResourceException {
    return node.succeed(
            "find %s -xdev -type f -name %s".formatted(Node.quote(path), Node.quote(file)))
        .lines()
        .mapToInt(line -> 1)
        .sum();
  }

  /** Reads the time for {@link NodeDirectoryState#made}. */
  String made() throws ResourceException {
    return node.succeed("stat --format %.9W " + Node.quote(path)).strip();
  }

  private void require(String script) throws ResourceException {
    Node.Result result = node.script(script);
    if (result.exit() != 0) {
      throw node.failed(script, result);
    }
  }
}
