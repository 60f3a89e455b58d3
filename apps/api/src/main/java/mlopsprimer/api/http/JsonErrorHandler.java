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

/** Errors that never reach a route (a header too large, a line that is no request) as problems. */
public final class JsonErrorHandler extends ErrorHandler {
  @Override
  public void handle(
      String target, Request request, HttpServletRequest raw, HttpServletResponse response)
      throws IOException {
    problem(response.getStatus()).writeTo(response);
    request.setHandled(true);
  }

  @Override
  public ByteBuffer badMessageError(int status, String reason, HttpFields fields) {
    fields.put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
    return ByteBuffer.wrap(problem(status).toJson());
  }

  private static Problem problem(int status) {
    String title = HttpStatus.getMessage(status);
    return Problem.of(
        status,
        title,
        switch (status) {
          case HttpStatus.URI_TOO_LONG_414, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
              "the request line and headers together may have 8 KiB";
          case HttpStatus.BAD_REQUEST_400 -> "the request is not HTTP/1.1 as it should be";
          default -> title;
        });
  }
}
