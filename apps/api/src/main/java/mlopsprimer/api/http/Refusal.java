package mlopsprimer.api.http;

import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpStatus;

/** A reason to refuse a request before it is complete. Jetty has reasons of its own. */
enum Refusal {
  BODY(
      HttpStatus.BAD_REQUEST_400,
      "Request with a body",
      "this server only answers reads: send no body, and no Transfer-Encoding"),
  METHOD_WITH_BODY(
      HttpStatus.METHOD_NOT_ALLOWED_405,
      "Method not allowed",
      "this server answers only GET and HEAD, without a body"),
  NOT_ONE_HOST(
      HttpStatus.BAD_REQUEST_400,
      "Not one host",
      "send one Host header with one host, such as example.com or 127.0.0.1:8080"),
  BARE_LINE_FEED(
      HttpStatus.BAD_REQUEST_400,
      "Line feed without carriage return",
      "end every line of the request with CR LF: proxies may disagree about a LF alone");

  private final int status;
  private final String title;
  private final String detail;

  Refusal(int status, String title, String detail) {
    this.status = status;
    this.title = title;
    this.detail = detail;
  }

  /** The exception that refuses a request because it has a body. */
  static BadMessageException ofBody(String method) {
    return (Gate.isRead(method) ? BODY : METHOD_WITH_BODY).exception();
  }

  /** The exception that makes Jetty's parser send the answer and close the connection. */
  BadMessageException exception() {
    return new BadMessageException(status, title);
  }

  /** The refusal whose exception gave this reason; empty if the reason is Jetty's. */
  static Optional<Refusal> ofReason(String reason) {
    return Arrays.stream(values()).filter(refusal -> refusal.title.equals(reason)).findFirst();
  }

  Problem problem() {
    return Problem.of(status, title, detail);
  }
}
