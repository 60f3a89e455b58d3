package mlopsprimer.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends 20 requests a second, each over its own connection, to the nodes in turn. */
final class Load implements AutoCloseable {
  private static final int PER_SECOND = 20;
  private static final int TIMEOUT_MILLIS = 5_000;

  private final ScheduledExecutorService users = Executors.newScheduledThreadPool(8);
  private final AtomicInteger asked = new AtomicInteger();
  private final long began = System.nanoTime();
  private long ended;
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

  @SuppressWarnings("FutureReturnValueIgnored") // ask() records failures
  Load() {
    long period = TimeUnit.SECONDS.toMicros(1) / PER_SECOND;
    for (int user = 0; user < 8; user++) {
      users.scheduleAtFixedRate(this::ask, user * period, 8 * period, TimeUnit.MICROSECONDS);
    }
  }

  /** Checks, after {@link #close}, that every request got a prediction. */
  void assertThatNoneFailed() {
    assertThat(failures).as("requests that failed").isEmpty();
    // A busy machine sends fewer requests than planned, but more than half of them.
    assertThat(asked.get())
        .as("number of requests")
        .isGreaterThan((int) (PER_SECOND * seconds() / 2));
  }

  private double seconds() {
    return (ended - began) / 1e9;
  }

  private void ask() {
    String address = Lab.ADDRESSES.get(asked.getAndIncrement() % Lab.ADDRESSES.size());
    String result = "nothing";
    try {
      HttpURLConnection request =
          (HttpURLConnection)
              URI.create("http://%s:30951/predictionForTomorrow".formatted(address))
                  .toURL()
                  .openConnection();
      request.setRequestProperty("Connection", "close");
      request.setConnectTimeout(TIMEOUT_MILLIS);
      request.setReadTimeout(TIMEOUT_MILLIS);
      int status = request.getResponseCode();
      try (InputStream body = status < 400 ? request.getInputStream() : request.getErrorStream()) {
        result = status + " " + new String(body.readAllBytes(), UTF_8);
      }
      if (status == 200 && result.contains("\"prediction\":")) {
        return;
      }
    } catch (IOException | RuntimeException e) {
      result = e.toString();
    }
    failures.add("request %d, %s: %s".formatted(asked.get(), address, result));
  }

  @Override
  public void close() {
    ended = System.nanoTime();
    users.shutdown();
    try {
      users.awaitTermination(2L * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
