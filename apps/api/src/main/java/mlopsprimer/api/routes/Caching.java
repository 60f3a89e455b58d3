package mlopsprimer.api.routes;

import java.time.Duration;

/** How long clients may use an answer again. */
final class Caching {
  /**
   * Time for answers that depend on the served models. A new champion or a rollback is served
   * within two seconds, and a page must not show the previous one for much longer. The answers have
   * no ETag, because an answer takes one or two packets, as the answer that nothing has changed
   * would.
   */
  static final Duration OF_SERVED_MODELS = Duration.ofSeconds(5);

  private Caching() {}
}
