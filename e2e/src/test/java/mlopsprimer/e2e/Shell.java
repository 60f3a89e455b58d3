package mlopsprimer.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionTimeoutException;

/** Runs commands in bash, in the checkout's root, after {@code eval "$(lab/env.sh)"}. */
final class Shell {
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Path LOG = ROOT.resolve("e2e/target/commands.txt");

  private Shell() {}

  /**
   * A command that has ended.
   *
   * @param exit exit code
   * @param output standard output and standard error
   */
  record Result(String command, int exit, String output) {
    @Override
    public String toString() {
      return "%s: exit %d\n%s".formatted(command, exit, output);
    }
  }

  /** Runs a command for at most 10 minutes, whether it succeeds or not. */
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

  /** Runs a command, which must succeed, and returns its output without blanks at the ends. */
  static String succeed(String command) {
    Result result = run(command);
    assertThat(result.exit()).as(result.toString()).isZero();
    return result.output().strip();
  }

  /** Runs a script as root on a node, over ssh. It must succeed; its output is returned. */
  static String on(String node, String command) {
    return succeed(
        "ssh -F infra-context/ssh-config %s sudo bash -euo pipefail -s <<'NODE'\n%s\nNODE"
            .formatted(node, command));
  }

  /**
   * Repeats a command until it succeeds and returns its output.
   *
   * @throws AssertionError with the last result, if the command does not succeed in time
   */
  static String eventually(Duration patience, String command) {
    AtomicReference<Result> last = new AtomicReference<>();
    try {
      await()
          .atMost(patience)
          .pollDelay(Duration.ZERO)
          .pollInterval(PAUSE)
          .pollInSameThread() // an attempt is not cut off, so no process is left behind
          .until(
              () -> {
                last.set(run(command));
                return last.get().exit() == 0;
              });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("not within " + patience + ": " + last, e);
    }
    return last.get().output().strip();
  }
}
