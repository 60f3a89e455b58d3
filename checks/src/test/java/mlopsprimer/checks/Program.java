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
 * A real process in the checkout's root, its output in a file; killed with its children on close.
 */
final class Program implements AutoCloseable {
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private final Process process;
  private final Path output;
  private final String command;

  private Program(Process process, Path output, String command) {
    this.process = process;
    this.output = output;
    this.command = command;
  }

  /** One of the two apps, with its own jvm.options, as the image and the demo run it. */
  static Program app(String app, String... arguments) throws IOException {
    List<String> line = new ArrayList<>(java("@apps/%s/jvm.options".formatted(app), app));
    line.addAll(List.of(arguments));
    return start(line, Map.of());
  }

  /** The command that runs an app with that option for the JVM, its arguments to follow. */
  static List<String> java(String option, String app) {
    Path jar = ROOT.resolve("apps/%s/target/%s.jar".formatted(app, app));
    if (!Files.exists(jar)) {
      throw new IllegalStateException("no %s; these tests run in mvn verify".formatted(jar));
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        option,
        "-jar",
        jar.toString());
  }

  static Program shell(String command, Map<String, String> environment) throws IOException {
    return start(List.of("bash", "-c", command), environment);
  }

  static Program start(List<String> line) throws IOException {
    return start(line, Map.of());
  }

  private static Program start(List<String> line, Map<String, String> environment)
      throws IOException {
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

  /** Waits for the end. */
  int exitCode(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running after " + patience + ": " + describe());
    }
    return process.exitValue();
  }

  void terminate() {
    process.destroy();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String output() {
    try {
      return Files.readString(output, UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

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
