package mlopsprimer.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import mlopsprimer.contract.BaseUrl;
import mlopsprimer.contract.StorageLocation.Bucket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Answers that no S3 server gives, such as those of a web server or of a proxy. */
class S3AnswersTest {
  private static final String KEY = "champions/SPY.json";
  private static final String PAGE = "<html><body>Sign in</body></html>";

  private HttpServer server;
  private Storage storage;
  private int status = 200;
  private String body = "x";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    storage = open(VersityGateway.CREDENTIALS);
  }

  private Storage open(AwsCredentialsProvider credentials) {
    S3Options options =
        new S3Options(
            Optional.of(BaseUrl.of("http://127.0.0.1:" + server.getAddress().getPort())),
            "us-east-1",
            true);
    return S3Storage.open(new Bucket("bucket", "v1"), options, S3Timeouts.DEFAULT, credentials);
  }

  @AfterEach
  void stop() {
    storage.close();
    server.stop(0);
  }

  @Test
  void anObjectWithoutTagIsRefusedBecauseNoPutCouldBeCompared() {
    assertThatThrownBy(() -> storage.read(KEY, 9))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("path=s3://bucket/v1/champions/SPY.json")
        .hasMessageContaining("it has no ETag: check that --s3-endpoint is an S3 server");
    assertThatThrownBy(() -> storage.putIfAbsent(KEY, new byte[] {1}))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("it has no ETag");
  }

  @Test
  void aListingWithoutTagsIsRefused() {
    body =
        "<ListBucketResult><Name>bucket</Name><IsTruncated>false</IsTruncated><Contents>"
            + "<Key>v1/champions/SPY.json</Key><Size>1</Size></Contents></ListBucketResult>";

    assertThatThrownBy(() -> storage.list("champions/"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("it has no ETag");
  }

  @Test
  void aWebPageIsNoEmptyBucket() {
    body = PAGE;

    assertThatThrownBy(() -> storage.list("champions/"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("path=s3://bucket/v1/champions/ ")
        .hasMessageContaining("no proxy answers for it");
  }

  @Test
  void anErrorOfAWebServerNamesTheEndpoint() {
    status = 405;
    body = PAGE;

    assertThatThrownBy(() -> storage.list("champions/"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("status=405 code=none")
        .hasMessageContaining("this is no answer of an S3 server: check --s3-endpoint");
  }

  @Test
  void anErrorPageOfAProxyIsAFailureOfTheStorage() {
    status = 502;
    body = PAGE;

    assertThatThrownBy(() -> storage.read(KEY, 9))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("status=502 code=none")
        .hasMessageContaining("attempts=4; the server failed");
    assertThatThrownBy(() -> storage.putIfAbsent(KEY, new byte[] {1}))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("may have been written or not");
  }

  @Test
  void credentialsThatCannotBeReadFailTheReadingAndNotTheOpening() {
    try (Storage unreadable =
        open(
            () -> {
              throw SdkClientException.create("the file of profiles cannot be parsed");
            })) {
      assertThatThrownBy(() -> unreadable.list("champions/")).isInstanceOf(StorageException.class);
    }
    assertThatCode(() -> open(VersityGateway.CREDENTIALS).close()).doesNotThrowAnyException();
  }
}
