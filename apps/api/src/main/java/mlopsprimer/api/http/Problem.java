package mlopsprimer.api.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.servlet.http.HttpServletResponse;
import mlopsprimer.json.Json;

/** The body of an error, as RFC 9457 defines it. */
public record Problem(String type, String title, int status, String detail) {
  public static final String CONTENT_TYPE = "application/problem+json";

  public static Problem of(int status, String title, String detail) {
    return new Problem("about:blank", title, status, detail);
  }

  public byte[] toJson() {
    return Json.line(this).getBytes(StandardCharsets.UTF_8);
  }

  /** Writes this problem as the whole body. The caller sets the status. */
  void writeTo(HttpServletResponse response) throws IOException {
    byte[] body = toJson();
    response.setContentType(CONTENT_TYPE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
