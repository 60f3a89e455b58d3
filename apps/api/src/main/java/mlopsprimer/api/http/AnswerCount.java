package mlopsprimer.api.http;

import java.util.function.ObjIntConsumer;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;

/**
 * Reports every answer of the server with its route and its status, including the answers to
 * requests that were refused before they reached a route.
 */
final class AnswerCount implements RequestLog {
  /** Stands for the route of a request that has none. */
  private static final String NO_ROUTE = "none";

  private final ObjIntConsumer<String> answered;

  AnswerCount(ObjIntConsumer<String> answered) {
    this.answered = answered;
  }

  @Override
  public void log(Request request, Response response) {
    MetaData.Response sent = response.getCommittedMetaData();
    if (sent != null) { // null if the client went away before the answer
      answered.accept(RequestNotes.routeOf(request).orElse(NO_ROUTE), sent.getStatus());
    }
  }
}
