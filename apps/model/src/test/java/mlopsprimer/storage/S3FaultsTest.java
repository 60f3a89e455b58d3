package mlopsprimer.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import mlopsprimer.contract.BaseUrl;
import mlopsprimer.contract.StorageLocation.Bucket;
import mlopsprimer.storage.FaultyProxy.Fault;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.profiles.ProfileFile;

/** Faults between the program and S3, and mistakes in its settings. */
class S3FaultsTest {
  private static final String KEY = "champions/SPY.json";
  private static final byte[] ONE = StorageContract.bytes("one");
  private static final byte[] TWO = StorageContract.bytes("two");
  private static final S3Timeouts SHORT =
      new S3Timeouts(
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(20));
  private static final Fault SILENT = FaultyProxy.slow(Duration.ofSeconds(30));

  @RegisterExtension static final VersityGateway SERVER = new VersityGateway();

  private Bucket bucket;
  private FaultyProxy proxy;
  private Storage storage;

  @BeforeEach
  void createBucket() {
    bucket = SERVER.newBucket();
  }

  @AfterEach
  void close() throws IOException {
    if (storage != null) {
      storage.close();
    }
    if (proxy != null) {
      proxy.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"500, InternalError", "503, SlowDown", "503, ServiceUnavailable", "502, ''"})
  void aServerThatFailsOnceIsAskedAgain(int status, String code) throws IOException {
    write(ONE);
    through(FaultyProxy.error(status, code));

    assertThat(storage.read(KEY, 9).orElseThrow().bytes()).isEqualTo(ONE);
    assertThat(proxy.requests()).hasSize(2);
  }

  @Test
  void aServerThatIsSilentOnceIsAskedAgain() throws IOException {
    write(ONE);
    through(SILENT);

    assertThat(storage.list("champions/")).hasSize(1);
    assertThat(proxy.requests()).hasSize(2);
  }

  @Test
  void aServerThatStaysSilentIsReportedInBoundedTime() throws IOException {
    through(SILENT, SILENT, SILENT, SILENT, SILENT);
    long start = System.nanoTime();

    assertFails(() -> storage.read(KEY, 9))
        .hasMessageContaining("cannot read: path=s3://%s/models/v1/".formatted(bucket.name()))
        .hasMessageContaining("the server did not answer in time");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
  }

  @Test
  void aServerThatStaysBusyIsReported() throws IOException {
    Fault busy = FaultyProxy.error(503, "SlowDown");
    through(busy, busy, busy, busy, busy);

    assertFails(() -> storage.list("champions/"))
        .hasMessageContaining("cannot list: path=s3://%s/models/v1/".formatted(bucket.name()))
        .hasMessageContaining("status=503 code=SlowDown requestId=REQUEST1 attempts=4")
        .hasMessageContaining("the server is too busy");
    assertThat(proxy.requests()).hasSize(4);
  }

  @Test
  void aBodyThatIsCutIsReadAgain() throws IOException {
    write(ONE);
    through(FaultyProxy.CUT_BODY, FaultyProxy.CUT_BODY);

    assertThat(storage.read(KEY, 9).orElseThrow().bytes()).isEqualTo(ONE);
    assertThat(proxy.requests()).hasSize(3);
  }

  @Test
  void aListingThatIsCutIsReadAgain() throws IOException {
    write(ONE);
    through(FaultyProxy.CUT_BODY);

    assertThat(storage.list("champions/")).hasSize(1);
  }

  @Test
  void aBodyThatIsAlwaysCutIsReported() throws IOException {
    write(ONE);
    Fault cut = FaultyProxy.CUT_BODY;
    through(cut, cut, cut, cut, cut);

    assertFails(() -> storage.read(KEY, 9)).hasMessageContaining("the connection broke");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPutIfAbsentThatHappenedIsReportedAsSuchThoughItsAnswerWasLost(boolean slow)
      throws IOException {
    through(lost(slow));

    String tag = storage.putIfAbsent(KEY, ONE).orElseThrow();
    assertThat(storage.read(KEY, 9).orElseThrow().tag()).isEqualTo(tag);
    assertThat(storage.putIfUnchanged(KEY, TWO, tag)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aReplacementThatHappenedIsReportedAsSuchThoughItsAnswerWasLost(boolean slow)
      throws IOException {
    String first = write(ONE);
    through(lost(slow));

    String second = storage.putIfUnchanged(KEY, TWO, first).orElseThrow();
    assertThat(storage.read(KEY, 9).orElseThrow().tag()).isEqualTo(second);
  }

  private static Fault lost(boolean slow) {
    return slow ? FaultyProxy.handledButSlow(Duration.ofSeconds(30)) : FaultyProxy.LOST_ANSWER;
  }

  @Test
  void aPutThatIsTriedAgainIsAConflictIfAnotherObjectIsThere() throws IOException {
    write(TWO);
    through(FaultyProxy.error(500, "InternalError"));

    assertThat(storage.putIfAbsent(KEY, ONE)).isEmpty();
    assertThat(storage.putIfUnchanged(KEY, ONE, "\"0123456789abcdef0123456789abcdef\"")).isEmpty();
    assertThat(storage.read(KEY, 9).orElseThrow().bytes()).isEqualTo(TWO);
  }

  @Test
  void aPutThatIsTriedAgainIsAConflictIfALargerObjectIsThere() throws IOException {
    write(new byte[100]);
    through(FaultyProxy.error(500, "InternalError"));

    assertThat(storage.putIfAbsent(KEY, ONE)).isEmpty();
  }

  @Test
  void aPutThatMeetsAnotherOneIsTriedAgain() throws IOException {
    through(FaultyProxy.error(409, "ConditionalRequestConflict"));

    assertThat(storage.putIfAbsent(KEY, ONE)).isPresent();
    assertThat(proxy.requests()).hasSize(2);
  }

  @Test
  void aPutWhoseAnswerStaysLostSaysThatItMayHaveHappened() throws IOException {
    Fault lost = FaultyProxy.LOST_ANSWER;
    through(lost, lost, lost, lost, lost);

    assertFails(() -> storage.putIfAbsent(KEY, ONE))
        .hasMessageContaining("cannot write: path=" + storage.describe(KEY))
        .hasMessageContaining("The object may have been written or not");
  }

  @Test
  void aLargeObjectIsRefusedBeforeItsBodyIsRead() throws IOException {
    write(new byte[5 << 20]);
    through();

    assertThatThrownBy(() -> storage.read(KEY, 1_000))
        .isInstanceOf(TooLargeException.class)
        .hasMessageContaining("path=%s bytes=5242880 most=1000".formatted(storage.describe(KEY)));
    assertThat(proxy.requests()).hasSize(1);
  }

  @Test
  void putsAreSentWithTheirLengthAndChecksumAndWithoutChunks() throws IOException {
    through();
    storage.putIfAbsent(KEY, ONE);

    assertThat(proxy.requests().get(0).toLowerCase(Locale.ROOT))
        .contains("content-length: 3\r\n", "if-none-match: *\r\n", "x-amz-checksum-sha256: ")
        .doesNotContain("aws-chunked", "trailer", "expect:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 | RequestTimeTooSkewed | the clocks of this machine and of the server differ",
        "400 | ExpiredToken | the credentials have expired",
        "403 | ExpiredToken | the credentials have expired",
        "403 | SignatureDoesNotMatch | the secret key is not that of the access key",
        "403 | AccessDenied | allow these credentials to read, write, list and delete",
        "403 | SomethingNew | the server refuses these credentials",
        "301 | PermanentRedirect | the bucket is in another region",
        "400 | AuthorizationHeaderMalformed | the bucket is in another region",
        "501 | NotImplemented | the server cannot do conditional writes",
        "418 | Teapot | look up the code"
      })
  void aRefusalIsReportedWithItsCodeAndWhatToDo(int status, String code, String remedy)
      throws IOException {
    Fault error = FaultyProxy.error(status, code);
    through(error, error, error, error, error);

    assertFails(() -> storage.putIfAbsent(KEY, ONE))
        .hasMessageContaining("path=" + storage.describe(KEY))
        .hasMessageContaining("status=%d code=%s requestId=REQUEST1".formatted(status, code))
        .hasMessageContaining(remedy);
  }

  @Test
  void aClockThatIsWrongForOneRequestIsCorrected() throws IOException {
    through(FaultyProxy.error(403, "RequestTimeTooSkewed"));

    assertThat(storage.putIfAbsent(KEY, ONE)).isPresent();
  }

  @Test
  void aBucketThatDoesNotExistIsReported() throws IOException {
    bucket = new Bucket("no-such-bucket", "models");
    through();

    for (Runnable access :
        new Runnable[] {
          () -> storage.read(KEY, 9),
          () -> storage.list("champions/"),
          () -> storage.putIfAbsent(KEY, ONE),
          () -> storage.putIfUnchanged(KEY, ONE, "\"0123456789abcdef0123456789abcdef\""),
          () -> storage.delete(KEY)
        }) {
      assertFails(access)
          .hasMessageContaining("status=404 code=NoSuchBucket")
          .hasMessageContaining("create the bucket, or correct its name in --store");
    }
  }

  @Test
  void anAccessKeyThatTheServerDoesNotKnowIsReported() throws IOException {
    open(SERVER.port(), VersityGateway.credentials("another-key", "do-not-print-this"));

    assertFails(() -> storage.list("champions/"))
        .hasMessageContaining("code=InvalidAccessKeyId")
        .hasMessageContaining("check AWS_ACCESS_KEY_ID");
  }

  @Test
  void aWrongSecretKeyIsReportedAndNotPrinted() throws IOException {
    open(SERVER.port(), VersityGateway.credentials("test-access-key", "do-not-print-this"));

    assertFails(() -> storage.list("champions/"))
        .hasMessageContaining("code=SignatureDoesNotMatch")
        .hasMessageContaining("check AWS_SECRET_ACCESS_KEY");
  }

  @Test
  void missingCredentialsAreReported() throws IOException {
    AwsCredentialsProvider nothing =
        AwsCredentialsProviderChain.of(
            ProfileCredentialsProvider.builder()
                .profileFile(
                    ProfileFile.builder()
                        .type(ProfileFile.Type.CREDENTIALS)
                        .content(new ByteArrayInputStream(new byte[0]))
                        .build())
                .build());
    open(SERVER.port(), nothing);

    assertFails(() -> storage.putIfAbsent(KEY, ONE))
        .hasMessageContaining("no credentials were found: set AWS_ACCESS_KEY_ID")
        .hasMessageNotContaining("may have been written");
  }

  @Test
  void aServerThatIsNotThereIsReported() throws IOException {
    open(VersityGateway.freePort(), VersityGateway.CREDENTIALS);

    assertFails(() -> storage.putIfAbsent(KEY, ONE))
        .hasMessageContaining("no server accepts connections there")
        .hasMessageNotContaining("may have been written");
  }

  @Test
  @DisabledIfEnvironmentVariable(named = "HTTP_PROXY", matches = ".+")
  @DisabledIfEnvironmentVariable(named = "http_proxy", matches = ".+")
  void aHostNameThatIsUnknownIsReported() throws IOException {
    open("http://s3.invalid:9000");

    assertFails(() -> storage.read(KEY, 9))
        .hasMessageContaining("endpoint=http://s3.invalid:9000")
        .hasMessageContaining("the host name is unknown");
  }

  @Test
  void aServerWithoutTlsAtAUrlWithTlsIsReported() throws IOException {
    open("https://127.0.0.1:" + SERVER.port());

    assertFails(() -> storage.read(KEY, 9)).hasMessageContaining("TLS failed");
  }

  private String write(byte[] bytes) {
    return SERVER
        .client()
        .putObject(
            put -> put.bucket(bucket.name()).key(bucket.prefix() + "/" + KEY),
            RequestBody.fromBytes(bytes))
        .eTag();
  }

  private void through(Fault... faults) throws IOException {
    proxy = new FaultyProxy(SERVER.port(), faults);
    open(proxy.port(), VersityGateway.CREDENTIALS);
  }

  private void open(int port, AwsCredentialsProvider credentials) {
    storage = S3Storage.open(bucket, VersityGateway.options(port), SHORT, credentials);
  }

  private void open(String endpoint) {
    storage =
        S3Storage.open(
            bucket,
            new S3Options(Optional.of(BaseUrl.of(endpoint)), "us-east-1", true),
            SHORT,
            VersityGateway.CREDENTIALS);
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(Runnable access) {
    return assertThatThrownBy(access::run)
        .isInstanceOf(StorageException.class)
        .isNotInstanceOf(TooLargeException.class)
        .satisfies(
            e -> {
              StringWriter trace = new StringWriter();
              e.printStackTrace(new PrintWriter(trace));
              assertThat(trace.toString())
                  .doesNotContain("do-not-print-this", "test-secret-key", "Signature=");
            });
  }
}
