package mlopsprimer.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mlopsprimer.contract.BaseUrl;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real MLflow server for the tests of a class, which registers it as an extension, and MLflow's
 * own Python client. The variable MLFLOW_PYTHON names a Python with MLflow, and a test without the
 * variable fails, so that nobody takes silence for success. With MLFLOW_PYTHON=none the tests are
 * skipped.
 */
public final class MlflowServer implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Map<String, String> environment;
  private final String artifacts;
  private Path directory;
  private int port;
  private Process process;

  /** A server that keeps the artifacts in its own directory and gives them out itself. */
  public MlflowServer() {
    this("", Map.of());
  }

  /**
   * @param artifacts where runs keep their artifacts, without the server's help, such as {@code
   *     s3://bucket/mlflow}; empty for the server's own directory
   * @param environment variables of the server and of Python
   */
  public MlflowServer(String artifacts, Map<String, String> environment) {
    this.artifacts = artifacts;
    this.environment = Map.copyOf(environment);
  }

  private static String python() {
    String python = System.getenv("MLFLOW_PYTHON");
    assertThat(python)
        .as("MLFLOW_PYTHON is not set; set it with: export MLFLOW_PYTHON=\"$(scripts/mlflow.sh)\"")
        .isNotBlank();
    assumeFalse(python.equals("none"), "MLFLOW_PYTHON=none skips the tests on MLflow");
    return python;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    start();
  }

  /** Starts the server and waits until it answers. */
  public void start() {
    try {
      String python = python();
      directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "mlflow-");
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      }
      process = launch(python);
      awaitAnswer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the server again after {@link #kill}, on its port and with what it had. */
  public void startAgain() {
    try {
      process = launch(python());
      awaitAnswer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process launch(String python) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                python,
                "-m",
                "mlflow",
                "server",
                "--host",
                "127.0.0.1",
                "--workers",
                "1",
                "--port"));
    command.add(String.valueOf(port));
    command.addAll(
        List.of("--backend-store-uri", "sqlite:///" + directory.resolve("mlflow.db").toString()));
    command.addAll(
        artifacts.isEmpty()
            ? List.of("--artifacts-destination", directory.resolve("artifacts").toString())
            : List.of("--no-serve-artifacts", "--default-artifact-root", artifacts));
    return builder(command).redirectOutput(directory.resolve("log").toFile()).start();
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(directory.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("MLFLOW_TRACKING_URI", "http://127.0.0.1:" + port);
    builder.environment().put("MLFLOW_DISABLE_TELEMETRY", "true");
    builder.environment().put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
    builder.environment().put("PYTHONWARNINGS", "ignore");
    builder.environment().put("TQDM_DISABLE", "1");
    return builder;
  }

  private void awaitAnswer() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError(
            "MLflow does not answer: " + Files.readString(directory.resolve("log")));
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean answers() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(uri() + "/health").toURL().openConnection();
      connection.setReadTimeout(5_000);
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** URI of the server. */
  public BaseUrl uri() {
    return BaseUrl.of("http://127.0.0.1:" + port);
  }

  /** A connection for the preparation of a test, whose requests may take long on a busy machine. */
  public MlflowConnection connection() {
    Duration patience = Duration.ofMinutes(10);
    return new MlflowConnection(
        uri(), MlflowCredentials.NONE, new MlflowTimeouts(patience, patience, patience));
  }

  /**
   * Runs a program of Python, in which {@code mlflow}, {@code client} and {@code json} are defined,
   * and returns what it printed without the last line break.
   */
  public String python(String program) {
    String start =
        """
        import json, logging, os, sys
        logging.disable(logging.WARNING)
        import mlflow
        client = mlflow.MlflowClient()
        """;
    try {
      Path error = Files.createTempFile(directory, "python-", ".err");
      Process running =
          builder(List.of(python(), "-c", start + program))
              .redirectErrorStream(false)
              .redirectError(error.toFile())
              .start();
      String printed = new String(running.getInputStream().readAllBytes(), UTF_8);
      assertThat(running.waitFor()).as("%s%n%s", program, Files.readString(error)).isZero();
      return printed.stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends the server at once, as the loss of its machine does. */
  public void kill() {
    if (process == null) {
      return; // the tests are skipped
    }
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts a server that was killed, with its port and what it had stored. */
  public void restart() {
    try {
      process = launch(python());
      awaitAnswer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    kill();
    if (directory == null) {
      return;
    }
    try {
      List<Path> deepestFirst;
      try (Stream<Path> tree = Files.walk(directory)) {
        deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
