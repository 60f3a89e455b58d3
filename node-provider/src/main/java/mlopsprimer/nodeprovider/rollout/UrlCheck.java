package mlopsprimer.nodeprovider.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/**
 * Requests a URL until every answer has been right for two seconds. One right answer is not enough,
 * because some requests still reach an old pod for a moment after Kubernetes reports a rollout as
 * complete.
 *
 * @param ask requests the URL once, and returns the answer or the error as text
 * @param contains text that every right answer contains
 * @param patience time after which a wrong answer is an error
 */
record UrlCheck(String url, Supplier<String> ask, String contains, Duration patience) {
  /**
   * Time for which all answers must be right. It is longer than the time in which kube-proxy
   * applies a change of the pods. Kubernetes writes the endpoints after at most 0.5 s, and
   * kube-proxy's minSyncPeriod is 1 s.
   */
  private static final Duration RIGHT_FOR = Duration.ofSeconds(2);

  private static final Duration POLL = Duration.ofMillis(100);
  private static final int MOST_BYTES = 1 << 16;

  /** Requests the URL over a connection of its own. */
  UrlCheck(String url, String contains, Duration patience) {
    this(url, () -> ask(url), contains, patience);
  }

  /**
   * @throws ResourceException if an answer is still wrong after the patience; the message quotes it
   */
  void untilRight() throws ResourceException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    long wrong = System.nanoTime();
    while (System.nanoTime() - wrong < RIGHT_FOR.toNanos()) {
      String answer = ask.get();
      if (!answer.contains(contains)) {
        wrong = System.nanoTime();
        if (wrong - deadline > 0) { // nanoTime may overflow
          throw new ResourceException(
              "%s still gives an answer without %s after %d s: %s%nCheck the pods with 'kubectl get pods --all-namespaces', then run 'pulumi up' again. If the cluster was created again, run 'pulumi refresh' first"
                  .formatted(url, contains, patience.toSeconds(), answer));
        }
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  /**
   * Requests the URL once, and returns the body of the answer, or the error as text. Every request
   * uses a new connection, because a connection that is kept alive always reaches the same pod.
   */
  private static String ask(String url) {
    try {
      HttpURLConnection request = (HttpURLConnection) URI.create(url).toURL().openConnection();
      request.setRequestProperty("Connection", "close");
      request.setConnectTimeout((int) RIGHT_FOR.toMillis());
      request.setReadTimeout((int) RIGHT_FOR.toMillis());
      if (request.getResponseCode() >= 400) {
        return "status " + request.getResponseCode();
      }
      try (InputStream body = request.getInputStream()) {
        return new String(body.readNBytes(MOST_BYTES), UTF_8);
      }
    } catch (IOException e) {
      return e.toString();
    }
  }
}
