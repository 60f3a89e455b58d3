package mlopsprimer.nodeprovider.node;

import java.util.Optional;
import java.util.function.Function;
import mlopsprimer.contract.StackOwner;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/**
 * One directory on a node, with the mark of the stack that it belongs to. The mark is a file beside
 * the directory, because the pods can write to the directory and not beside it. Only a directory
 * with the stack's mark is changed or deleted, because these commands run as root, and the port of
 * this plugin is open to every user of the machine.
 */
final class OwnedDirectory {
  /** What the name of the file with the mark has after the name of the directory. */
  static final String MARK = ".owner";

  private final Node node;

  /** The directory, without symbolic links. */
  private final String path;

  /**
   * What is at the place of a directory.
   *
   * @param exists whether there is a directory
   * @param holdsFiles whether the directory has files
   * @param owner the stack in the mark; empty if there is no mark, or one that cannot be read
   */
  record Found(boolean exists, boolean holdsFiles, Optional<StackOwner> owner) {
    /** Whether a stack may only use the place if {@code Takeover} allows the owner. */
    boolean isTaken() {
      return holdsFiles || owner.isPresent();
    }
  }

  /**
   * @param problemWith the rule for paths, which also holds for the place that a symbolic link on
   *     the node leads to
   * @throws ResourceException if the path, or what it leads to, must not be touched
   */
  OwnedDirectory(Node node, String path, Function<String, Optional<String>> problemWith)
      throws ResourceException {
    this.node = node;
    this.path = node.succeed("readlink -m -- " + Node.quote(path)).strip();
    for (String place : new String[] {path, this.path}) {
      Optional<String> problem = problemWith.apply(place);
      if (problem.isPresent()) {
        throw new ResourceException(
            "%s: %s%s %s: nothing was changed there. Set storagePath to another directory"
                .formatted(
                    node.name(),
                    path,
                    this.path.equals(path) ? "" : ", which is %s,".formatted(this.path),
                    problem.get()));
      }
    }
  }

  /** Looks at the directory, and changes nothing. */
  Found look() throws ResourceException {
    String script =
        "if [ -d %1$s ]; then if [ -z \"$(ls -A %1$s)\" ]; then echo empty; else echo files; fi; else echo nothing; fi; if [ -f %2$s ]; then head -c 300 %2$s; fi"
            .formatted(Node.quote(path), mark());
    Node.Result result = node.script(script);
    String[] lines = result.output().split("\n", -1);
    // A command that could not run, for example without sudo, does not show that the directory is
    // gone.
    if (result.exit() != 0 || !lines[0].matches("empty|files|nothing")) {
      throw node.failed("sh", result);
    }
    return new Found(
        !lines[0].equals("nothing"),
        lines[0].equals("files"),
        lines.length > 1 ? StackOwner.parse(lines[1]) : Optional.empty());
  }

  /** Creates the directory if it does not exist, sets its access, and writes the mark. */
  void make(int uid, int gid, String mode, StackOwner owner) throws ResourceException {
    require(
        "%s; install -d -o %d -g %d -m %s %s"
            .formatted(markAs(owner), uid, gid, mode, Node.quote(path)));
  }

  /** Writes the mark of another owner. */
  void mark(StackOwner owner) throws ResourceException {
    require(markAs(owner));
  }

  /**
   * Deletes the directory and its mark. If a file system is mounted at the directory, its files are
   * deleted, and the empty directory stays.
   */
  void delete() throws ResourceException {
    require(
        "rm -rf --one-file-system -- %1$s || { mountpoint -q %1$s && [ -z \"$(ls -A %1$s)\" ]; }; rm -f %2$s"
            .formatted(Node.quote(path), mark()));
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

  /** The path of the mark, quoted for a shell. */
  private String mark() {
    return Node.quote(path + MARK);
  }

  private String markAs(StackOwner owner) {
    return "umask 022; mkdir -p %s; echo %s >%s.new; mv %s.new %s"
        .formatted(
            Node.quote(path.substring(0, path.lastIndexOf('/'))),
            Node.quote(owner.toString()),
            mark(),
            mark(),
            mark());
  }

  private void require(String script) throws ResourceException {
    Node.Result result = node.script("set -e; " + script);
    if (result.exit() != 0) {
      throw node.failed(script, result);
    }
  }
}
