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

/** Users: 20 requests a second, each over a connection of its own, to the nodes in turn. */
final class Load implements AutoCloseable {
  private static final int PER_SECOND = 20;
  private static final int PATIENCE_MILLIS = 5_000;

  private final ScheduledExecutorService users = Executors.newScheduledThreadPool(8);
  private final AtomicInteger asked = new AtomicInteger();
  private final long began = System.nanoTime();
  private long ended;
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

  @SuppressWarnings("FutureReturnValueIgnored") // ask() keeps what fails
  Load() {
    long period = TimeUnit.SECONDS.toMicros(1) / PER_SECOND;
    for (int user = 0; user < 8; user++) {
      users.scheduleAtFixedRate(this::ask, user * period, 8 * period, TimeUnit.MICROSECONDS);
    }
  }

  /** After {@link #close}: there were users, and every one got a prediction. */
  void assertThatNoneFailed() {
    assertThat(failures).isEmpty();
    // Half of what was meant, for a machine that is busy.
    assertThat(asked.get()).isGreaterThan((int) (PER_SECOND * seconds() / 2));
  }

  private double seconds() {
    return (ended - began) / 1e9;
  }

  private void ask() {
    String address = Lab.ADDRESSES.get(asked.getAndIncrement() % Lab.ADDRESSES.size());
    String what = "nothing";
    try {
      HttpURLConnection request =
          (HttpURLConnection)
              URI.create("http://%s:30951/predictionForTomorrow".formatted(address))
                  .toURL()
                  .openConnection();
      request.setRequestProperty("Connection", "close");
      request.setConnectTimeout(PATIENCE_MILLIS);
      request.setReadTimeout(PATIENCE_MILLIS);
      int status = request.getResponseCode();
      try (InputStream body = status < 400 ? request.getInputStream() : request.getErrorStream()) {
        what = status + " " + new String(body.readAllBytes(), UTF_8);
      }
      if (status == 200 && what.contains("\"prediction\":")) {
        return;
      }
    } catch (IOException | RuntimeException e) {
      what = e.toString();
    }
    failures.add("request %d, %s: %s".formatted(asked.get(), address, what));
  }

  @Override
  public void close() {
    ended = System.nanoTime();
    users.shutdown();
    try {
      users.awaitTermination(2L * PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
