package mlopsprimer.api.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;

/**
 * Answers requests that Jetty refuses before they reach a route, such as a request with too large
 * headers.
 */
final class JsonErrorHandler extends ErrorHandler {
  private final int headerBytes;

  /**
   * @param headerBytes largest size of a request line together with its headers; the answer to a
   *     larger request names this size
   */
  JsonErrorHandler(int headerBytes) {
    this.headerBytes = headerBytes;
  }

  @Override
  public void handle(
      String target, Request request, HttpServletRequest raw, HttpServletResponse response)
      throws IOException {
    jettys(response.getStatus()).writeTo(response);
    request.setHandled(true);
  }

  @Override
  public ByteBuffer badMessageError(int status, String reason, HttpFields fields) {
    fields.put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
    fields.put(HttpHeader.CACHE_CONTROL, Gate.NO_STORE);
    if (status == HttpStatus.METHOD_NOT_ALLOWED_405) {
      fields.put(HttpHeader.ALLOW, Gate.READS);
    }
    Problem problem =
        Refusal.ofReason(reason).map(Refusal::problem).orElseGet(() -> jettys(status));
    return ByteBuffer.wrap(problem.toJson());
  }

  private Problem jettys(int status) {
    String title = HttpStatus.getMessage(status);
    return Problem.of(
        status,
        title,
        switch (status) {
          case HttpStatus.URI_TOO_LONG_414, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
              "the request line and the headers together may have at most %d bytes"
                  .formatted(headerBytes);
          case HttpStatus.BAD_REQUEST_400 -> "the request is not well-formed HTTP/1.1";
          default -> title;
        });
  }
}
