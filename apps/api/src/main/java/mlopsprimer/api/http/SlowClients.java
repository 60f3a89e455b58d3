package mlopsprimer.api.http;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConnection;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the connections of clients that keep the server waiting for too long. Jetty's idle timeout
 * is not enough: Jetty starts that timeout again with every byte, so a client that sends one byte a
 * second keeps its connection for hours (an attack called slow loris), and a client that does not
 * read its answer keeps a thread. Jetty's limit of connections can shorten the timeout too, but it
 * leaves out the connections that are being accepted while it does.
 */
final class SlowClients extends AbstractLifeCycle implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(SlowClients.class);

  private final ServerConnector connector;
  private final Limits limits;
  private Map<EndPoint, Waiting> waiting = new HashMap<>();
  private volatile Scheduler.Task next;

  /** What the server waits for. */
  private enum Awaited {
    /** The server waits for the first byte of a request. */
    NEXT_REQUEST,
    /** The server waits for the rest of a request that has begun to arrive. */
    REQUEST,
    /** The server waits for a client to read its answer. */
    READER,
    /**
     * The server waits for a client to close its end of a connection that the server has closed.
     */
    CLOSE
  }

  /**
   * A connection on which the server waits.
   *
   * @param requests number of requests that the connection had carried when the wait began
   * @param sinceNanos {@link System#nanoTime} when the wait began
   */
  private record Waiting(Awaited awaited, long requests, long sinceNanos) {
    boolean isSame(Waiting other) {
      return awaited == other.awaited && requests == other.requests;
    }
  }

  SlowClients(ServerConnector connector, Limits limits) {
    this.connector = connector;
    this.limits = limits;
  }

  @Override
  protected void doStart() {
    schedule();
  }

  @Override
  protected void doStop() {
    next.cancel();
  }

  private void schedule() {
    long period = Math.max(1, limits.hurried().toMillis() / 4);
    next = connector.getScheduler().schedule(this, period, TimeUnit.MILLISECONDS);
  }

  @Override
  public void run() {
    try {
      sweep();
    } finally { // a failed sweep must not be the last one
      if (isRunning()) {
        schedule();
      }
    }
  }

  private void sweep() {
    Collection<EndPoint> endPoints = connector.getConnectedEndPoints();
    boolean full = endPoints.size() >= limits.connections();
    Map<EndPoint, Waiting> still = new HashMap<>();
    for (EndPoint endPoint : endPoints) {
      waitingAt(endPoint)
          .ifPresent(
              now -> {
                Waiting before = waiting.get(endPoint);
                Waiting since = before != null && before.isSame(now) ? before : now;
                if (now.sinceNanos() - since.sinceNanos() <= patience(now, full).toNanos()) {
                  still.put(endPoint, since);
                } else {
                  hangUp(endPoint);
                }
              });
    }
    waiting = still;
  }

  private Duration patience(Waiting now, boolean full) {
    return switch (now.awaited()) {
      case NEXT_REQUEST, REQUEST -> full ? limits.hurried() : limits.idle();
      case READER, CLOSE -> limits.hurried();
    };
  }

  private static void hangUp(EndPoint endPoint) {
    try {
      endPoint.close();
    } catch (RuntimeException e) { // a failure must not keep the other connections open
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("client", endPoint.getRemoteAddress())
          .log("hang-up-failed");
    }
  }

  /** What the server waits for on this connection; empty if it does not wait for the client. */
  private static Optional<Waiting> waitingAt(EndPoint endPoint) {
    if (!(endPoint.getConnection() instanceof HttpConnection connection)) {
      return Optional.empty();
    }
    return awaited(endPoint, connection)
        .map(what -> new Waiting(what, connection.getMessagesIn(), System.nanoTime()));
  }

  private static Optional<Awaited> awaited(EndPoint endPoint, HttpConnection connection) {
    if (endPoint instanceof AbstractEndPoint writing && writing.getWriteFlusher().isPending()) {
      return Optional.of(Awaited.READER);
    }
    if (endPoint.isOutputShutdown()) {
      return Optional.of(Awaited.CLOSE);
    }
    if (connection.getParser().isStart()) {
      return Optional.of(Awaited.NEXT_REQUEST);
    }
    return connection.getParser().inHeaderState() ? Optional.of(Awaited.REQUEST) : Optional.empty();
  }
}
