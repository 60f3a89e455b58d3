package mlopsprimer.trainer.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLException;
import mlopsprimer.prices.BadDataException;

/** One request to Yahoo and its answer, with every way it can go wrong told apart. */
final class YahooExchange {
  static final int LARGEST_BODY = 5 << 20;
  private static final int LARGEST_ERROR = 64 << 10;

  /** Yahoo turns away the user agent of Java. */
  private static final String USER_AGENT =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0"
          + " Safari/537.36";

  private static final Set<Integer> WORTH_RETRYING = Set.of(408, 425, 429);

  private final HttpClient client;
  private final Duration wholeBody;

  YahooExchange(Duration connect, Duration wholeBody) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connect)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.wholeBody = wholeBody;
  }

  /**
   * The body of a 200, if it may be JSON.
   *
   * @param limit cuts the exchange off if that is sooner than its own deadline
   */
  String get(URI url, Duration limit) throws InterruptedException {
    Duration deadline = limit.compareTo(wholeBody) < 0 ? limit : wholeBody;
    HttpResponse<byte[]> response = send(url, deadline);
    requireSuccess(response, shown(url));
    String body = text(response, shown(url));
    requireObject(response, body, shown(url));
    return body;
  }

  /**
   * As a person would type it, {@code ^GSPC} and not {@code %5EGSPC}: {@code pulumi up} takes a
   * pod's last words for a format.
   */
  private static String shown(URI url) {
    return "%s://%s%s?%s"
        .formatted(url.getScheme(), url.getAuthority(), url.getPath(), url.getQuery());
  }

  private HttpResponse<byte[]> send(URI url, Duration deadline) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("User-Agent", USER_AGENT)
            .header("Accept", "application/json")
            .header("Accept-Encoding", "gzip")
            .build();
    CompletableFuture<HttpResponse<byte[]>> future =
        client.sendAsync(
            request,
            response ->
                response.statusCode() == 200
                    ? CappedBody.whole(LARGEST_BODY)
                    : CappedBody.startOf(LARGEST_ERROR));
    try {
      // HttpRequest.timeout() ends with the headers; this one covers the body as well.
      return future.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new SourceUnreachableException(
          "Yahoo took longer than %s ms: url=%s".formatted(deadline.toMillis(), shown(url)), e);
    } catch (ExecutionException e) {
      throw failure(e.getCause(), shown(url));
    } finally {
      future.cancel(true);
    }
  }

  private static RuntimeException failure(Throwable cause, String url) {
    if (cause instanceof CappedBody.TooLargeException) {
      return new BadDataException(
          "Yahoo's answer is over %s bytes: url=%s".formatted(LARGEST_BODY, url), cause);
    }
    String problem;
    if (cause instanceof HttpConnectTimeoutException) {
      problem = "no connection in time";
    } else if (cause instanceof ConnectException && isUnresolved(cause)) {
      problem = "host name not found; is there a network and a DNS server?";
    } else if (cause instanceof ConnectException) {
      problem = "connection refused, or no way there; are the address and the proxy right?";
    } else if (cause instanceof SSLException) {
      problem =
          "TLS failed (%s); is the clock right, or a proxy in between?".formatted(message(cause));
    } else {
      problem = "connection broke (%s)".formatted(message(cause));
    }
    return new SourceUnreachableException(
        "cannot reach Yahoo: %s url=%s".formatted(problem, url), cause);
  }

  private static boolean isUnresolved(Throwable cause) {
    return cause.getCause() instanceof UnresolvedAddressException
        || (cause.getCause() != null && isUnresolved(cause.getCause()));
  }

  private static String message(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static String text(HttpResponse<byte[]> response, String url) {
    boolean zipped =
        response
            .headers()
            .firstValue("Content-Encoding")
            .filter(encoding -> encoding.equalsIgnoreCase("gzip"))
            .isPresent();
    if (!zipped) {
      return new String(response.body(), StandardCharsets.UTF_8);
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      byte[] bytes = in.readNBytes(LARGEST_BODY + 1);
      if (bytes.length > LARGEST_BODY) {
        throw new BadDataException(
            "Yahoo's answer unzips to over %s bytes: url=%s".formatted(LARGEST_BODY, url));
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new SourceUnreachableException(
          "Yahoo's answer does not unzip: cause=%s url=%s".formatted(message(e), url), e);
    }
  }

  private static void requireSuccess(HttpResponse<byte[]> response, String url) {
    int status = response.statusCode();
    if (status == 200) {
      return;
    }
    String facts = "status=%s url=%s body=\"%s\"".formatted(status, url, quote(response, url));
    if (status == 404 || status == 400 || status == 422) {
      throw new BadDataException(
          "Yahoo does not know what was asked for; check the symbol: " + facts);
    }
    boolean mayRetry = status >= 500 || WORTH_RETRYING.contains(status);
    throw new RefusedException("Yahoo refused: " + facts, mayRetry, retryAfter(response));
  }

  /** The start of an error's body. The status counts whatever that is, so it may be anything. */
  private static String quote(HttpResponse<byte[]> response, String url) {
    try {
      return start(text(response, url));
    } catch (SourceUnreachableException | BadDataException e) {
      return "";
    }
  }

  /** Yahoo and what is in between send consent pages, rate limits and nothing with 200 too. */
  private static void requireObject(HttpResponse<byte[]> response, String body, String url) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    boolean object = body.stripLeading().startsWith("{");
    if (body.contains("Too Many Requests") && !object) {
      throw new RefusedException(
          "Yahoo limits the rate: url=%s body=\"%s\"".formatted(url, start(body)),
          true,
          retryAfter(response));
    }
    if (!object || type.toLowerCase(Locale.ROOT).startsWith("text/html")) {
      throw new RefusedException(
          "Yahoo sent a page or a text, not prices: url=%s type=%s body=\"%s\""
              .formatted(url, type, start(body)),
          true,
          Duration.ZERO);
    }
  }

  private static String start(String body) {
    String line = body.strip().replaceAll("\\s+", " ");
    return line.length() <= 200 ? line : line.substring(0, 200);
  }

  /**
   * Retry-After in either form, seconds or a date by the server's own clock; zero if there is none
   * to understand.
   */
  private static Duration retryAfter(HttpResponse<byte[]> response) {
    String value = response.headers().firstValue("Retry-After").orElse("").strip();
    if (value.matches("\\d{1,8}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    if (value.matches("\\d+")) {
      return Duration.ofDays(365); // longer than any patience
    }
    try {
      String now = response.headers().firstValue("Date").orElse("");
      Duration until = Duration.between(httpDate(now), httpDate(value));
      return until.isNegative() ? Duration.ZERO : until;
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  private static Instant httpDate(String text) {
    return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }
}
