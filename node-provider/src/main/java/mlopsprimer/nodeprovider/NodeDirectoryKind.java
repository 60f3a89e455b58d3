package mlopsprimer.nodeprovider;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import mlopsprimer.nodeprovider.Engine.Log;

/**
 * A directory on a node, for a local PersistentVolume. Inputs: {@code node}, {@code path}, {@code
 * size} (what the volume says it holds; nothing limits it to that), {@code uid}, {@code gid},
 * {@code mode} (octal), {@code keep} and {@code sshConfig}. Output: {@code made}, when it was, by
 * which one that is empty again can be told from the one before. It is wiped when it is deleted,
 * unless {@code keep}. Neither it nor a volume in use can be moved or resized.
 */
final class NodeDirectoryKind implements Kind {
  /** At least three levels deep, and nothing that a shell or the file system takes for more. */
  private static final Pattern PATH =
      Pattern.compile("/[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*){2,}");

  private static final Pattern MODE = Pattern.compile("0?[0-7]{3}");

  @Override
  public Properties check(Properties inputs) throws InvalidInputs {
    Map<String, String> problems =
        inputs.problemsWith(
            List.of("node", "path", "size", "mode", "sshConfig"), List.of("uid", "gid"), List.of());
    if (inputs.isKnown("path") && !PATH.matcher(inputs.text("path")).matches()) {
      problems.put(
          "path",
          inputs.text("path")
              + " may hold what others need, and would be wiped: choose one like /var/lib/mlops-primer");
    }
    if (inputs.isKnown("mode") && !MODE.matcher(inputs.text("mode")).matches()) {
      problems.put("mode", inputs.text("mode") + " is no octal mode, such as 0750");
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputs(problems);
    }
    return inputs;
  }

  @Override
  public Properties check(Properties inputs, Properties before) throws InvalidInputs {
    Map<String, String> problems = new LinkedHashMap<>();
    for (String fixed : List.of("node", "path", "size")) {
      if (!inputs.sameAs(before, fixed)) {
        problems.put(
            fixed,
            "the models are in %s on %s, of %s, and this would be %s: %s, or start anew with 'pulumi destroy', then 'pulumi up'"
                .formatted(
                    before.text("path"),
                    before.text("node"),
                    before.text("size"),
                    inputs.text(fixed),
                    fixed.equals("node")
                        ? "'vagrant up %s' brings that back".formatted(before.text("node"))
                        : "set it back"));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputs(problems);
    }
    return check(inputs);
  }

  @Override
  public Set<String> replaces() {
    return Set.of();
  }

  @Override
  public String idOf(Properties state) {
    return state.text("node") + ":" + state.text("path");
  }

  @Override
  public Properties preview(Properties inputs) {
    return inputs.withUnknown("made");
  }

  @Override
  public Properties previewUpdate(Properties state, Properties inputs) {
    return inputs.with("made", state.text("made"));
  }

  @Override
  public Properties create(Properties inputs, Log log) throws Exception {
    try (Node node = connect(inputs)) {
      refuseWhatIsAnothers(node, inputs);
      node.succeed(
          "install -d -o %d -g %d -m %s %s"
              .formatted(
                  inputs.number("uid"),
                  inputs.number("gid"),
                  inputs.text("mode"),
                  Node.quote(inputs.text("path"))));
      return inputs.with("made", made(node, inputs));
    }
  }

  @Override
  public Optional<Properties> read(Properties state, Log log) throws Exception {
    try (Node node = connect(state)) {
      String command = "test -d " + Node.quote(state.text("path"));
      Node.Result found = node.run(command);
      if (found.exit() == 0) {
        return Optional.of(state.with("made", made(node, state)));
      }
      // Whoever could not look does not know that it is gone.
      if (found.exit() != 1 || !found.errors().isBlank()) {
        throw node.failed(command, found);
      }
      return Optional.empty();
    }
  }

  @Override
  public Properties update(Properties state, Properties inputs, Log log) throws Exception {
    return create(inputs, log);
  }

  @Override
  public void delete(Properties state, Log log) throws Exception {
    if (state.flag("keep")) {
      log.info("%s stays on %s: keepModels".formatted(state.text("path"), state.text("node")));
      return;
    }
    SshConfig config = SshConfig.readIfThere(Path.of(state.text("sshConfig")));
    if (config.find(state.text("node")).isPresent()) {
      try (Node node = connect(state)) {
        node.succeed("rm -rf --one-file-system -- " + Node.quote(state.text("path")));
      }
    }
  }

  /** It would be given another owner now, and be wiped in the end. */
  private static void refuseWhatIsAnothers(Node node, Properties inputs) throws NodeException {
    String path = inputs.text("path");
    String others =
        node.run(
                "find %s -maxdepth 0 ! -empty ! -uid %d"
                    .formatted(Node.quote(path), inputs.number("uid")))
            .output();
    if (!others.isBlank()) {
      throw new NodeException(
          "%s: %s is there, not empty and of another owner: choose another storagePath, or remove it"
              .formatted(node.name(), path));
    }
  }

  /** Seconds since 1970, nine decimals; 0 where the file system does not know. */
  private static String made(Node node, Properties of) throws NodeException {
    return node.succeed("stat --format %.9W " + Node.quote(of.text("path"))).strip();
  }

  private static Node connect(Properties inputs) throws Exception {
    return Node.connect(SshConfig.read(Path.of(inputs.text("sshConfig"))).get(inputs.text("node")));
  }
}
