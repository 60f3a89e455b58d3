package mlopsprimer.storage;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Explains failures of S3: what failed, the facts, and what to do. Texts of the server and of the
 * SDK are left out, because some of them repeat parts of a request.
 */
final class S3Failures {
  private final S3Options options;

  S3Failures(S3Options options) {
    this.options = options;
  }

  /**
   * @param verb what was tried: read, write, list or delete
   */
  StorageException of(String verb, String place, SdkException e) {
    String message =
        "cannot %s: path=%s %s %s; %s".formatted(verb, place, options, facts(e), remedy(e));
    return new StorageException(
        verb.equals("write") && mayHaveHappened(e)
            ? message + ". The object may have been written or not; the next run finds out"
            : message,
        e);
  }

  /**
   * An answer of success that no S3 server gives.
   *
   * @param why what is wrong with it, as a clause
   */
  StorageException strange(String place, String why) {
    return new StorageException(
        "unusable answer: path=%s %s; %s: check that --s3-endpoint is an S3 server, and that no proxy answers for it"
            .formatted(place, options, why));
  }

  private static boolean mayHaveHappened(SdkException e) {
    return !(e instanceof S3Exception answer
            && (answer.statusCode() < 500 || answer.statusCode() == 501))
        && cause(e, UnknownHostException.class).isEmpty()
        && cause(e, ConnectException.class).isEmpty()
        && !isWithoutCredentials(e);
  }

  private static String facts(SdkException e) {
    String attempts = "attempts=%s".formatted(e.numAttempts() == null ? 1 : e.numAttempts());
    if (e instanceof S3Exception answer) {
      return "status=%d code=%s requestId=%s %s"
          .formatted(answer.statusCode(), code(answer), answer.requestId(), attempts);
    }
    return "cause=%s %s".formatted(root(e).getClass().getSimpleName(), attempts);
  }

  private static String code(S3Exception answer) {
    return Optional.ofNullable(answer.awsErrorDetails())
        .map(AwsErrorDetails::errorCode)
        .filter(code -> code.matches("[A-Za-z0-9.]{1,80}"))
        .orElse("none");
  }

  private static String remedy(SdkException e) {
    if (e instanceof S3Exception answer) {
      return remedy(answer, code(answer));
    }
    if (isWithoutCredentials(e)) {
      return "no credentials were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the"
          + " machine or pod a role";
    }
    if (cause(e, UnknownHostException.class).isPresent()) {
      return "the host name is unknown: check --s3-endpoint, --s3-region and the name server; if only"
          + " the bucket's host name is unknown, set --s3-path-style=true";
    }
    if (cause(e, SSLException.class).isPresent()) {
      return "TLS failed: use http:// in --s3-endpoint if the server has no TLS, or add the authority of"
          + " its certificate to Java's trust store";
    }
    if (isTimeout(e)) {
      return "the server did not answer in time: check its load and the network, and try again";
    }
    if (cause(e, ConnectException.class).isPresent()
        || cause(e, NoRouteToHostException.class).isPresent()) {
      return "no server accepts connections there: check that it runs, the port of --s3-endpoint,"
          + " firewalls and network policies, and the variables HTTP_PROXY and NO_PROXY";
    }
    return "the connection broke: check the server and the network, and try again";
  }

  private static String remedy(S3Exception answer, String code) {
    return switch (code) {
      case "NoSuchBucket" -> "create the bucket, or correct its name in --store";
      case "AccessDenied", "AllAccessDisabled" ->
          "allow these credentials to read, write, list and delete objects there; without the right to"
              + " list, S3 also denies access to an object that does not exist";
      case "InvalidAccessKeyId" ->
          "the server does not know the access key: check AWS_ACCESS_KEY_ID, and that --s3-endpoint is"
              + " the server that the key belongs to";
      case "SignatureDoesNotMatch" ->
          "the secret key is not that of the access key: check AWS_SECRET_ACCESS_KEY and --s3-region";
      case "ExpiredToken", "ExpiredTokenException", "InvalidToken", "TokenRefreshRequired" ->
          "the credentials have expired: renew them, and start the program again";
      case "RequestTimeTooSkewed", "RequestExpired" ->
          "the clocks of this machine and of the server differ: synchronise them, for example with NTP";
      case "AuthorizationHeaderMalformed",
          "PermanentRedirect",
          "IllegalLocationConstraintException" ->
          "the bucket is in another region: correct --s3-region";
      case "SlowDown", "ServiceUnavailable", "TooManyRequests" ->
          "the server is too busy: try again later, or run fewer trainings at a time";
      case "NotImplemented" ->
          "the server cannot do conditional writes, which the store needs: use another server";
      default ->
          answer.statusCode() >= 500
              ? "the server failed: look into its log, and try again"
              : answer.statusCode() == 403
                  ? "the server refuses these credentials: check them and their rights"
                  : code.equals("none")
                      ? "this is no answer of an S3 server: check --s3-endpoint, and a proxy between"
                      : "look up the code in the documentation of the S3 server";
    };
  }

  /** The SDK has no exception of its own for this, and reports it before it sends anything. */
  private static boolean isWithoutCredentials(SdkException e) {
    return e.rawMessage() != null && e.rawMessage().startsWith("Unable to load credentials");
  }

  private static boolean isTimeout(SdkException e) {
    return cause(e, ApiCallTimeoutException.class).isPresent()
        || cause(e, ApiCallAttemptTimeoutException.class).isPresent()
        || cause(e, SocketTimeoutException.class).isPresent();
  }

  private static Throwable root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static Optional<Throwable> cause(Throwable e, Class<? extends Throwable> type) {
    for (Throwable each = e; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
