package mlopsprimer.infra.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * The files that {@code vagrant up} writes to infra-context.
 *
 * @param directory directory of the files nodes.json, ssh-config and admin.conf
 */
public record Context(Path directory) {
  private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();

  /** A control plane and a worker, in files that are deleted when the JVM ends. */
  public static Context withTwoNodes() {
    return with(
        """
        [
          { "name": "kube-control-plane", "role": "control-plane", "address": "192.168.56.10" },
          { "name": "kube-worker-1", "role": "worker", "address": "192.168.56.21" }
        ]
        """);
  }

  /**
   * A context with another nodes.json.
   *
   * @param nodes the content of nodes.json
   */
  static Context with(String nodes) {
    try {
      Context context = new Context(Files.createTempDirectory("infra-context"));
      context.directory.toFile().deleteOnExit();
      context.write("nodes.json", nodes);
      context.write("ssh-config", "Host kube-control-plane\nHost kube-worker-1\n");
      context.write(
          "admin.conf",
          """
          clusters:
            - name: mlops-primer
              cluster: { certificate-authority-data: QQ== }
          users:
            - { name: admin, user: { token: never-in-the-state } }
          """);
      return context;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void write(String name, String content) throws IOException {
    Path file = Files.writeString(directory.resolve(name), content);
    file.toFile().deleteOnExit(); // files are deleted in the reverse order of this call
  }

  /**
   * The settings of a stack in this context.
   *
   * @param settings values that replace the defaults, by key
   */
  public StackConfig config(Map<String, String> settings) {
    return config(settings, Clock.fixed(Instant.parse("2026-11-25T17:00:00Z"), ZoneOffset.UTC));
  }

  /** The settings of a stack in this context, at a time. */
  public StackConfig config(Map<String, String> settings, Clock clock) {
    Map<String, String> own =
        Map.of(
            "kubeconfig", directory.resolve("admin.conf").toString(),
            "sshConfig", directory.resolve("ssh-config").toString());
    return StackConfig.read(
        key -> Optional.ofNullable(settings.getOrDefault(key, own.get(key))), CHECKOUT, clock);
  }
}
