package mlopsprimer.storage;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManager;
import javax.xml.stream.XMLStreamException;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Makes clients of the AWS SDK with timeouts, few attempts and plain requests. */
final class S3Connection {
  private static final int MOST_ATTEMPTS = 4;
  private static final List<String> RACES =
      List.of("ConditionalRequestConflict", "OperationAborted");

  private static final Predicate<String> THIS_MACHINE =
      Pattern.compile("localhost|127[.][0-9.]+|\\[::1]").asMatchPredicate();

  private S3Connection() {}

  static S3Client open(S3Options options, S3Timeouts timeouts, AwsCredentialsProvider credentials) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(options.region()))
            .credentialsProvider(credentials)
            .httpClientBuilder(http(options, timeouts))
            .overrideConfiguration(
                each ->
                    each.apiCallAttemptTimeout(timeouts.attempt())
                        .apiCallTimeout(timeouts.call())
                        .retryStrategy(retries()))
            // A put has a SHA-256 of its own, so that bodies need no trailer and no chunks, which
            // some servers store as part of the object.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .serviceConfiguration(
                each ->
                    each.pathStyleAccessEnabled(options.pathStyle())
                        .chunkedEncodingEnabled(false)
                        .expectContinueEnabled(false));
    options.endpoint().ifPresent(endpoint -> builder.endpointOverride(endpoint.uri()));
    return builder.build();
  }

  private static UrlConnectionHttpClient.Builder http(S3Options options, S3Timeouts timeouts) {
    UrlConnectionHttpClient.Builder builder =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(timeouts.connect())
            .socketTimeout(timeouts.silence())
            .proxyConfiguration(proxy(options));
    if (options.endpoint().filter(each -> each.uri().getScheme().equals("http")).isPresent()) {
      // The client reads the trusted authorities when it is made: 0.13 s of a core.
      // Without one, a server that uses TLS nevertheless is refused.
      builder.tlsTrustManagersProvider(() -> new TrustManager[0]);
    }
    return builder;
  }

  /** The proxy of the environment, as the SDK finds it; none for a server on this machine. */
  private static ProxyConfiguration proxy(S3Options options) {
    boolean here =
        options.endpoint().map(each -> each.uri().getHost()).filter(THIS_MACHINE).isPresent();
    return ProxyConfiguration.builder()
        .useEnvironmentVariablesValues(!here)
        .useSystemPropertyValues(!here)
        .build();
  }

  private static RetryStrategy retries() {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(MOST_ATTEMPTS)
        .retryOnException(S3Connection::isRace)
        .retryOnExceptionOrCause(XMLStreamException.class) // a listing that was cut
        .build();
  }

  /** Whether S3 asks to try again because two conditional puts of one key met. */
  static boolean isRace(Throwable failure) {
    return failure instanceof S3Exception e
        && e.awsErrorDetails() != null
        && e.awsErrorDetails().errorCode() != null // null in the error page of a proxy
        && RACES.contains(e.awsErrorDetails().errorCode());
  }
}
