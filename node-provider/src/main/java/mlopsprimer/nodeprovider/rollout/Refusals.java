package mlopsprimer.nodeprovider.rollout;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Set;

/** What a failed request to the API server means. */
public final class Refusals {
  private static final Set<Integer> FINAL =
      Set.of(HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN);

  private Refusals() {}

  /** Whether the API server refuses the user. Another request would fail, too. */
  public static boolean isFinal(KubernetesClientException e) {
    return FINAL.contains(e.getCode());
  }

  /** The answer of the API server, or the error of the connection to it. */
  public static String reason(KubernetesClientException e) {
    if (e.getStatus() != null) {
      return "status %d, %s".formatted(e.getCode(), e.getStatus().getMessage());
    }
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString();
  }
}
