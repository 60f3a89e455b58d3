package mlopsprimer.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mlopsprimer.contract.BaseUrl;
import mlopsprimer.contract.StorageLocation.Bucket;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A real S3 server for the tests of a class, which registers it as an extension. The variable
 * VERSITYGW names its program, and a test without the variable fails, so that nobody takes silence
 * for success. With VERSITYGW=none the tests are skipped.
 */
public final class VersityGateway implements BeforeAllCallback, AfterAllCallback {
  public static final AwsCredentialsProvider CREDENTIALS =
      credentials("test-access-key", "test-secret-key-test-secret-key");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private Path directory;
  private int port;
  private Process process;
  private S3Client client;

  /** Starts a server without buckets. */
  @Override
  public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
    String program = System.getenv("VERSITYGW");
    assertThat(program)
        .as("VERSITYGW is not set; set it with: export VERSITYGW=\"$(scripts/versitygw.sh)\"")
        .isNotBlank();
    assumeFalse(program.equals("none"), "VERSITYGW=none skips the tests on S3");
    // The server keeps tags in extended attributes, which a temporary file system may not have.
    directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "versitygw-");
    port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
            program,
            "--port",
            "127.0.0.1:" + port,
            "--quiet",
            "--iam-dir",
            Files.createDirectory(directory.resolve("users")).toString(),
            "posix",
            Files.createDirectory(directory.resolve("buckets")).toString());
    var root = CREDENTIALS.resolveCredentials();
    builder.environment().put("ROOT_ACCESS_KEY", root.accessKeyId());
    builder.environment().put("ROOT_SECRET_KEY", root.secretAccessKey());
    builder.redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile());
    process = builder.start();
    client = S3Connection.open(options(port), S3Timeouts.DEFAULT, CREDENTIALS);
    awaitConnections();
  }

  private void awaitConnections() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new AssertionError(
              "versitygw does not listen: " + Files.readString(directory.resolve("log")), e);
        }
        Thread.sleep(20);
      }
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public int port() {
    return port;
  }

  /** Creates an empty bucket. */
  public Bucket newBucket() {
    String name = "test-" + BUCKETS.incrementAndGet();
    client.createBucket(create -> create.bucket(name));
    return new Bucket(name, "models/v1");
  }

  /** Opens a storage with the credentials of the server's owner. */
  public Storage open(Bucket bucket) {
    return S3Storage.open(bucket, options(port), S3Timeouts.DEFAULT, CREDENTIALS);
  }

  /** A client that knows nothing of {@link Storage}. */
  S3Client client() {
    return client;
  }

  public static S3Options options(int port) {
    return new S3Options(Optional.of(BaseUrl.of("http://127.0.0.1:" + port)), "us-east-1", true);
  }

  static AwsCredentialsProvider credentials(String accessKey, String secretKey) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey));
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (process == null) {
      return; // the tests are skipped
    }
    client.close();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<Path> deepestFirst;
    try (Stream<Path> tree = Files.walk(directory)) {
      deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
