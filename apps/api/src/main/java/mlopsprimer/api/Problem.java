package mlopsprimer.api;

import java.nio.charset.StandardCharsets;
import mlopsprimer.store.Json;

/** An error as RFC 9457 has it. */
record Problem(String type, String title, int status, String detail) {
  static final String CONTENT_TYPE = "application/problem+json";

  static Problem of(int status, String title, String detail) {
    return new Problem("about:blank", title, status, detail);
  }

  byte[] toJson() {
    return Json.line(this).getBytes(StandardCharsets.UTF_8);
  }
}
