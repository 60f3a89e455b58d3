package mlopsprimer.api.routes;

/** The content types of the answers. */
final class ContentTypes {
  static final String JSON = "application/json";
  static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private ContentTypes() {}
}
