package mlopsprimer.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

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
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

  @SuppressWarnings("FutureReturnValueIgnored") // ask() keeps what fails
  Load() {
    long period = TimeUnit.SECONDS.toMicros(1) / PER_SECOND;
    for (int user = 0; user < 8; user++) {
      users.scheduleAtFixedRate(this::ask, user * period, 8 * period, TimeUnit.MICROSECONDS);
    }
  }

  int asked() {
    return asked.get();
  }

  /** What every request that was not answered with a prediction met instead. */
  List<String> failures() {
    return List.copyOf(failures);
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
    } catch (IOException e) {
      what = e.toString();
    }
    failures.add("request %d, %s: %s".formatted(asked.get(), address, what));
  }

  @Override
  public void close() {
    users.shutdown();
    try {
      users.awaitTermination(2L * PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
