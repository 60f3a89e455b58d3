package mlopsprimer.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import mlopsprimer.contract.BaseUrl;
import mlopsprimer.http.CappedBody;
import mlopsprimer.mlflow.MlflowException.Kind;

/**
 * Sends requests to one MLflow server. A request that may be sent twice is tried again, at most
 * twice, if the server did not answer or could not do it, as long as the budget lasts. Several
 * threads may use a connection.
 *
 * <p>Every method throws {@link MlflowException}.
 */
public final class MlflowConnection {
  /** A page of a search has at most a thousand models. */
  private static final int LARGEST_ANSWER = 16 << 20;

  private static final int ATTEMPTS = 3;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final String API = "/api/2.0/mlflow/";

  private final BaseUrl uri;
  private final MlflowCredentials credentials;
  private final MlflowTimeouts timeouts;
  private final HttpClient client;
  private final AtomicLong spentNanos = new AtomicLong();

  /** Opens nothing yet: the first request connects. */
  public MlflowConnection(BaseUrl uri, MlflowCredentials credentials, MlflowTimeouts timeouts) {
    this(
        uri,
        credentials,
        timeouts,
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeouts.connect())
            .followRedirects(HttpClient.Redirect.NEVER) // another host must not get credentials
            .build());
  }

  private MlflowConnection(
      BaseUrl uri, MlflowCredentials credentials, MlflowTimeouts timeouts, HttpClient client) {
    this.uri = uri;
    this.credentials = credentials;
    this.timeouts = timeouts;
    this.client = client;
  }

  /** The same connection with the whole budget. */
  public MlflowConnection withWholeBudget() {
    return new MlflowConnection(uri, credentials, timeouts, client);
  }

  /** The server's URI, which has no credentials. */
  public BaseUrl uri() {
    return uri;
  }

  /** What is left of the budget; zero if it is used up. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, timeouts.budget().toNanos() - spentNanos.get()));
  }

  /** Something that takes a part of the budget and is no request. */
  @FunctionalInterface
  interface Wait {
    void atMost(Duration left) throws TimeoutException, ExecutionException, InterruptedException;
  }

  /** Waits for something else that a run needs, and takes the time from the budget. */
  void spend(Wait wait) throws TimeoutException, ExecutionException, InterruptedException {
    long start = System.nanoTime();
    try {
      wait.atMost(left());
    } finally {
      spentNanos.addAndGet(System.nanoTime() - start);
    }
  }

  /**
   * Reads.
   *
   * @param call name of the call, such as {@code registered-models/get}
   * @param query parameters by name, not encoded
   */
  JsonObject get(String call, Map<String, String> query) {
    String text =
        query.entrySet().stream()
            .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
            .collect(Collectors.joining("&", "?", ""));
    HttpRequest.Builder request = request(API + call + (query.isEmpty() ? "" : text)).GET();
    return Answers.object(send(request, true));
  }

  /** Writes something that may be written twice with the same result. */
  JsonObject post(String call, JsonObject body) {
    return send("POST", call, body, true);
  }

  /** The same with the method PATCH. */
  JsonObject patch(String call, JsonObject body) {
    return send("PATCH", call, body, true);
  }

  /** The same with the method DELETE. */
  JsonObject delete(String call, JsonObject body) {
    return send("DELETE", call, body, true);
  }

  /** Creates something. The request is not sent again unless no connection was open. */
  JsonObject create(String call, JsonObject body) {
    return send("POST", call, body, false);
  }

  /**
   * Writes bytes below the server's URI.
   *
   * @param path a path with a slash at its start, percent-encoded
   */
  void put(String path, byte[] bytes) {
    send(
        request(path)
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofByteArray(bytes)),
        true);
  }

  private JsonObject send(String method, String call, JsonObject body, boolean repeatable) {
    HttpRequest.Builder request =
        request(API + call)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body.toString(), UTF_8));
    return Answers.object(send(request, repeatable));
  }

  private HttpRequest.Builder request(String path) {
    String base = uri.toString().replaceAll("/+$", "");
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    credentials.header().ifPresent(header -> request.header("Authorization", header));
    return request;
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder builder, boolean repeatable) {
    for (int attempt = 1; ; attempt++) {
      long start = System.nanoTime();
      try {
        return once(builder);
      } catch (MlflowException e) {
        if (attempt == ATTEMPTS || !mayHelp(e, repeatable) || left().isZero()) {
          throw e;
        }
        pause(FIRST_PAUSE.multipliedBy(attempt * (long) attempt));
      } finally {
        spentNanos.addAndGet(System.nanoTime() - start);
      }
    }
  }

  /** Whether another attempt may succeed. A server that let a whole timeout pass is left alone. */
  private static boolean mayHelp(MlflowException e, boolean repeatable) {
    if (e.getCause() instanceof ConnectException) {
      return true; // nothing was sent
    }
    boolean isTimeout =
        e.getCause() instanceof TimeoutException || e.getCause() instanceof HttpTimeoutException;
    boolean isFault = e.kind() == Kind.OVERLOADED || e.kind() == Kind.UNREACHABLE;
    return repeatable && isFault && !isTimeout;
  }

  private HttpResponse<byte[]> once(HttpRequest.Builder builder) {
    Duration left = left();
    Duration most = timeouts.request().compareTo(left) < 0 ? timeouts.request() : left;
    HttpRequest request = builder.build();
    if (most.isZero()) {
      throw new MlflowException(
          Kind.UNREACHABLE,
          "no time left for MLflow: uri=%s budget=%s; find out why the server is slow"
              .formatted(request.uri(), timeouts.budget()),
          new TimeoutException());
    }
    // A timeout of the request itself would end with the headers of the answer.
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, headers -> CappedBody.whole(LARGEST_ANSWER));
    try {
      return Answers.accepted(answer.get(most.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw Answers.unreachable(request, "no answer within " + most.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw Answers.unreachable(request, String.valueOf(e.getCause()), e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw Answers.unreachable(request, "interrupted", e);
    }
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
