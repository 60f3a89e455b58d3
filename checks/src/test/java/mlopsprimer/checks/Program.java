package mlopsprimer.checks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that runs in the checkout's root and writes its output to a file. {@link #close} kills
 * it with its children.
 */
final class Program implements AutoCloseable {
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Process process;
  private final Path output;
  private final String command;

  private Program(Process process, Path output, String command) {
    this.process = process;
    this.output = output;
    this.command = command;
  }

  /** Starts an app with its own jvm.options, as the image and the demo do. */
  static Program app(String app, String... arguments) throws IOException {
    List<String> line = new ArrayList<>(java("@apps/%s/jvm.options".formatted(app), app));
    line.addAll(List.of(arguments));
    return start(line, Map.of());
  }

  /** The command that runs an app with an option for the JVM. The app's arguments follow it. */
  static List<String> java(String option, String app) {
    Path jar = ROOT.resolve("apps/%s/target/%s.jar".formatted(app, app));
    if (!Files.exists(jar)) {
      throw new IllegalStateException(
          "%s does not exist: run these tests with 'mvn verify'".formatted(jar));
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        option,
        "-jar",
        jar.toString());
  }

  /** Starts a command in bash, with arguments that the command reads as $1, $2 and so on. */
  static Program shell(String command, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> line = new ArrayList<>(List.of("bash", "-c", command, "bash"));
    line.addAll(List.of(arguments));
    return start(line, environment);
  }

  /** Whether a command of bash ends with 0. */
  static boolean succeeds(String command) throws IOException, InterruptedException {
    try (Program program = shell(command, Map.of())) {
      return program.exitCode(PATIENCE) == 0;
    }
  }

  /** Runs a command in bash and returns its output, whatever its exit code. */
  static String outputOf(String command) throws IOException, InterruptedException {
    try (Program program = shell(command, Map.of())) {
      program.exitCode(PATIENCE);
      return program.output();
    }
  }

  static Program start(List<String> line) throws IOException {
    return start(line, Map.of());
  }

  static Program start(List<String> line, Map<String, String> environment) throws IOException {
    Path output = Files.createTempFile("program", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(ROOT.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return new Program(builder.start(), output, String.join(" ", line));
  }

  /**
   * Waits until the process ends.
   *
   * @throws AssertionError with the output so far, if it does not end in time
   */
  int exitCode(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running after " + patience + ": " + describe());
    }
    return process.exitValue();
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Standard output and standard error so far. */
  String output() {
    try {
      return Files.readString(output, UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The command and its output so far. */
  String describe() {
    return command + "\n" + output();
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    Files.deleteIfExists(output);
  }
}
