package mlopsprimer.nodeprovider.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/**
 * Asks a URL until its answers are right for two seconds without a break. Kubernetes calls a
 * rollout complete a moment before the last request reaches an old pod, so one right answer is not
 * enough.
 *
 * @param contains text that every right answer contains
 * @param patience time after which a wrong answer is an error
 */
record UrlCheck(String url, String contains, Duration patience) {
  /**
   * Time for which all answers must be right. It is longer than kube-proxy takes to follow a
   * change: endpoints are written after 0.5 s at most, and kube-proxy's minSyncPeriod is 1 s.
   */
  private static final Duration RIGHT_FOR = Duration.ofSeconds(2);

  private static final Duration POLL = Duration.ofMillis(100);
  private static final int MOST_BYTES = 1 << 16;

  /**
   * @throws ResourceException with the last answer, if it is still wrong after the patience
   */
  void untilRight() throws ResourceException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    long wrong = System.nanoTime();
    while (System.nanoTime() - wrong < RIGHT_FOR.toNanos()) {
      String answer = ask();
      if (!answer.contains(contains)) {
        wrong = System.nanoTime();
        if (wrong > deadline) {
          throw new ResourceException(
              "%s does not answer with %s within %d s, but: %s%n'kubectl get pods --all-namespaces' shows which pods run; if the cluster was created again, run 'pulumi refresh', then 'pulumi up' again"
                  .formatted(url, contains, patience.toSeconds(), answer));
        }
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  /**
   * The body of the answer, or the error as text. Every request uses a new connection, because a
   * connection that is kept alive always reaches the same pod.
   */
  private String ask() {
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
