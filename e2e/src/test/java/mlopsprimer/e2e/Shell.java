package mlopsprimer.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A user's shell in the checkout's root, after {@code eval "$(lab/env.sh)"}. */
final class Shell {
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Path LOG = ROOT.resolve("e2e/target/commands.txt");

  private Shell() {}

  /** How a command ended, and what it printed on either stream. */
  record Result(String command, int exit, String output) {
    @Override
    public String toString() {
      return "%s: exit %d\n%s".formatted(command, exit, output);
    }
  }

  static Result run(String command) {
    return run(command, PATIENCE);
  }

  static Result run(String command, Duration patience) {
    try {
      Path output = Files.createTempFile("e2e", ".log");
      long start = System.nanoTime();
      try {
        Process process =
            new ProcessBuilder("bash", "-c", "eval \"$(lab/env.sh)\"\n" + command)
                .directory(ROOT.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
          throw new AssertionError(
              "%s: still running after %s\n%s"
                  .formatted(command, patience, Files.readString(output, UTF_8)));
        }
        return new Result(command, process.exitValue(), Files.readString(output, UTF_8));
      } finally {
        Files.delete(output);
        Files.writeString(
            LOG,
            String.format(
                Locale.ROOT,
                "%7.1f s  %s\n",
                (System.nanoTime() - start) / 1e9,
                command.strip().replaceAll("\\s*\n\\s*", " ⏎ ")),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What a command printed that must succeed. */
  static String succeed(String command) {
    Result result = run(command);
    assertThat(result.exit()).as(result.toString()).isZero();
    return result.output().strip();
  }

  /** The same on a node, as root. */
  static String on(String node, String command) {
    return succeed(
        "ssh -F infra-context/ssh-config %s sudo bash -euo pipefail -s <<'NODE'\n%s\nNODE"
            .formatted(node, command));
  }

  /** Waits until a command succeeds, for what a cluster does in its own time. */
  static String eventually(Duration patience, String command) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Result result = run(command);
      if (result.exit() == 0) {
        return result.output().strip();
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + patience + ": " + result);
      }
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }
}
