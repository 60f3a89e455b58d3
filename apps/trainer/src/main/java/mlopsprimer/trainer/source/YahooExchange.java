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
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLException;
import mlopsprimer.contract.Quote;
import mlopsprimer.http.CappedBody;
import mlopsprimer.prices.BadDataException;

/** Sends one request to Yahoo, and reports each kind of failure with its own message. */
final class YahooExchange {
  static final int LARGEST_BODY = 5 << 20;
  private static final int LARGEST_ERROR = 64 << 10;

  private static final Set<Integer> WORTH_RETRYING = Set.of(408, 425);

  private final HttpClient client;
  private final Duration wholeBody;
  private final String userAgent;

  YahooExchange(
      Duration connect, Duration wholeBody, String userAgent, Map<String, String> environment) {
    EnvironmentProxy proxy = new EnvironmentProxy(environment);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connect)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(proxy);
    // With an authenticator, the client reports a status 401 or 407 as a failed request.
    proxy.authenticator().ifPresent(builder::authenticator);
    this.client = builder.build();
    this.wholeBody = wholeBody;
    this.userAgent = userAgent;
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
    ofProxy(url).requireAnotherStatus(response.statusCode());
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

  private static ProxyRefusal ofProxy(URI url) {
    return new ProxyRefusal(url.getScheme(), shown(url));
  }

  private HttpResponse<byte[]> send(URI url, Duration deadline) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("User-Agent", userAgent)
            .header("Accept", "application/json")
            .header("Accept-Language", "en-US,en;q=0.9")
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
      throw ofProxy(url)
          .of(e.getCause())
          .<RuntimeException>map(refusal -> refusal)
          .orElseGet(() -> failure(e.getCause(), shown(url)));
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
    if (message(cause).contains("response code 401")) {
      return new RefusedException(
          "Yahoo refused: status=401 url=%s; try again later or use another --source"
              .formatted(url),
          false,
          Duration.ZERO);
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
    if (status == 429) {
      throw limitedRate(facts, response);
    }
    boolean mayRetry = status >= 500 || WORTH_RETRYING.contains(status);
    String location = response.headers().firstValue("Location").orElse("");
    throw new RefusedException(
        location.isEmpty()
            ? "Yahoo refused: %s; try again later or use another --source".formatted(facts)
            : "Yahoo redirects to another page: location=\"%s\" %s; a browser may show what Yahoo or a proxy asks for; try again later or use another --source"
                .formatted(start(location), facts),
        mayRetry,
        RetryAfter.of(response.headers()));
  }

  private static RefusedException limitedRate(String facts, HttpResponse<byte[]> response) {
    return new RefusedException(
        "Yahoo limits the rate: %s; try again in an hour, or use another network, a proxy (HTTPS_PROXY) or another --source"
            .formatted(facts),
        true,
        RetryAfter.of(response.headers()));
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
      throw limitedRate(
          "status=%s url=%s body=\"%s\"".formatted(response.statusCode(), url, start(body)),
          response);
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
}
