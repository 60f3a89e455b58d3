package mlopsprimer.nodeprovider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mlopsprimer.nodeprovider.Engine.Log;

/**
 * That a URL answers as it should. Inputs: {@code url}, {@code contains} (what a right answer has
 * in it) and {@code of} (what answers; if that changes, it is asked again). Kubernetes calls a
 * rollout complete a moment before the last request reaches an old pod; this waits that moment out,
 * so that after {@code pulumi up} the new answer is the only one.
 */
final class AnswerKind implements Kind {
  /**
   * Longer than kube-proxy takes to follow: the endpoints' 0.5 s, and its own minSyncPeriod, 1 s.
   */
  private static final Duration RIGHT_FOR = Duration.ofSeconds(2);

  private static final Duration EVERY = Duration.ofMillis(100);
  private static final int MOST_BYTES = 1 << 16;

  private final Duration patience;

  AnswerKind(Duration patience) {
    this.patience = patience;
  }

  @Override
  public Properties check(Properties inputs) throws InvalidInputs {
    Map<String, String> problems =
        inputs.problemsWith(List.of("url", "contains", "of"), List.of(), List.of());
    if (!problems.isEmpty()) {
      throw new InvalidInputs(problems);
    }
    return inputs;
  }

  @Override
  public Set<String> replaces() {
    return Set.of();
  }

  @Override
  public String idOf(Properties state) {
    return state.text("url");
  }

  @Override
  public Properties preview(Properties inputs) {
    return inputs;
  }

  @Override
  public Properties create(Properties inputs, Log log) throws Exception {
    String url = inputs.text("url");
    long deadline = System.nanoTime() + patience.toNanos();
    long wrong = System.nanoTime();
    while (System.nanoTime() - wrong < RIGHT_FOR.toNanos()) {
      String answer = ask(url);
      if (!answer.contains(inputs.text("contains"))) {
        wrong = System.nanoTime();
        if (wrong > deadline) {
          throw new NodeException(
              "%s does not answer with %s within %d s, but: %s%n'kubectl --namespace mlops-primer get pods' shows what runs; if the cluster was made anew, 'pulumi refresh', then 'pulumi up' again"
                  .formatted(url, inputs.text("contains"), patience.toSeconds(), answer));
        }
      }
      Thread.sleep(EVERY.toMillis());
    }
    return inputs;
  }

  @Override
  public Optional<Properties> read(Properties state, Log log) {
    return Optional.of(state);
  }

  @Override
  public Properties update(Properties state, Properties inputs, Log log) throws Exception {
    return create(inputs, log);
  }

  @Override
  public void delete(Properties state, Log log) {
    // There is nothing to undo.
  }

  /**
   * The body, or what went wrong; over a connection of its own, for one that is kept stays with its
   * pod.
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
