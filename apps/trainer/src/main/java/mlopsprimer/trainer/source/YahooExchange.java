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
import mlopsprimer.contract.Quote;
import mlopsprimer.prices.BadDataException;

/** Sends one request to Yahoo, and reports each kind of failure with its own message. */
final class YahooExchange {
  static final int LARGEST_BODY = 5 << 20;
  private static final int LARGEST_ERROR = 64 << 10;

  /** User agent of a browser. Yahoo refuses the user agent of Java. */
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
   * Gets the body of the answer. The answer must have the status 200, and its body must start like
   * a JSON object.
   *
   * @param limit longest duration of the exchange; the duration that the constructor got is a limit
   *     too
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
   * URL for messages, without percent-encoding: {@code ^GSPC} and not {@code %5EGSPC}. {@code
   * pulumi up} interprets a percent sign in the last line of a pod's log as a format.
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
      // The timeout of HttpRequest does not include the body. This timeout does.
      return future.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new SourceUnreachableException(
          "Yahoo took longer than %s ms: url=%s; try again later"
              .formatted(deadline.toMillis(), shown(url)),
          e);
    } catch (ExecutionException e) {
      throw failure(e.getCause(), shown(url));
    } finally {
      future.cancel(true);
    }
  }

  private static RuntimeException failure(Throwable cause, String url) {
    if (cause instanceof CappedBody.TooLargeException) {
      return new BadDataException(
          "Yahoo's answer is over %s bytes: url=%s; use a shorter --history or another --source"
              .formatted(LARGEST_BODY, url),
          cause);
    }
    String problem;
    if (cause instanceof HttpConnectTimeoutException) {
      problem = "no connection in time; check the network and the proxy";
    } else if (cause instanceof ConnectException && isUnresolved(cause)) {
      problem = "host name not found; check the network and the DNS server";
    } else if (cause instanceof ConnectException) {
      problem = "connection refused, or no route; check the address and the proxy";
    } else if (cause instanceof SSLException) {
      problem =
          "TLS failed (%s); check the clock, and whether a proxy intercepts TLS"
              .formatted(message(cause));
    } else {
      problem = "connection broke (%s); try again later".formatted(message(cause));
    }
    return new SourceUnreachableException(
        "cannot reach Yahoo: %s (url=%s)".formatted(problem, url), cause);
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
            "Yahoo's answer unzips to over %s bytes: url=%s; use a shorter --history or another --source"
                .formatted(LARGEST_BODY, url));
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new SourceUnreachableException(
          "Yahoo's answer does not unzip: cause=%s url=%s; try again later"
              .formatted(message(e), url),
          e);
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
          "Yahoo does not know this symbol: " + facts + "; check the ticker");
    }
    boolean mayRetry = status >= 500 || WORTH_RETRYING.contains(status);
    throw new RefusedException(
        "Yahoo refused: " + facts + "; try again later or use another --source",
        mayRetry,
        retryAfter(response));
  }

  /** Start of the body of an error, for the message; empty if the body cannot be read. */
  private static String quote(HttpResponse<byte[]> response, String url) {
    try {
      return start(text(response, url));
    } catch (SourceUnreachableException | BadDataException e) {
      return "";
    }
  }

  /** Refuses consent pages, rate limits and empty bodies, which also come with the status 200. */
  private static void requireObject(HttpResponse<byte[]> response, String body, String url) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    boolean object = body.stripLeading().startsWith("{");
    if (body.contains("Too Many Requests") && !object) {
      throw new RefusedException(
          "Yahoo limits the rate: url=%s body=\"%s\"; try again later".formatted(url, start(body)),
          true,
          retryAfter(response));
    }
    if (!object || type.toLowerCase(Locale.ROOT).startsWith("text/html")) {
      throw new RefusedException(
          "Yahoo sent a page or a text, not prices: url=%s type=%s body=\"%s\"; try again later or use another --source"
              .formatted(url, type, start(body)),
          true,
          Duration.ZERO);
    }
  }

  private static String start(String body) {
    // The answer may be the page of a proxy, and link to a URL with a password.
    String line = Quote.withoutUsersOfUrls(body).strip().replaceAll("\\s+", " ");
    return line.length() <= 200 ? line : line.substring(0, 200);
  }

  /**
   * Delay that the header Retry-After asks for. The header has a number of seconds, or a time of
   * the server's clock. The delay is zero if the header is missing or has another form.
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
