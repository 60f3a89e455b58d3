package mlopsprimer.api.http;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
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
 * Hangs up on clients whose request does not arrive, who do not read their answer, or who stay when
 * told to go. Jetty's idle timeout starts again with every byte, so that one byte a second would
 * keep a connection for hours ("slow loris"), and an answer that waits to be read keeps a thread.
 */
public final class SlowClients extends AbstractLifeCycle implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(SlowClients.class);

  private final ServerConnector connector;
  private final Limits limits;
  private Map<EndPoint, Waiting> waiting = new HashMap<>();
  private volatile Scheduler.Task next;

  private enum For {
    /** A request that is on its way. */
    REQUEST,
    /** An answer that is not read. */
    READER,
    /** The client's end of a connection that has been closed at this one. */
    FAREWELL
  }

  /**
   * @param requests how many requests the connection had carried before
   */
  private record Waiting(For what, long requests, long sinceNanos) {
    boolean isSame(Waiting other) {
      return what == other.what && requests == other.requests;
    }
  }

  public SlowClients(ServerConnector connector, Limits limits) {
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
    } finally { // one failure must not end the watch
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
      Waiting now = waitingOf(endPoint);
      if (now == null) {
        continue;
      }
      Waiting before = waiting.get(endPoint);
      Waiting since = before != null && before.isSame(now) ? before : now;
      Duration patience = full || now.what() != For.REQUEST ? limits.hurried() : limits.idle();
      if (now.sinceNanos() - since.sinceNanos() <= patience.toNanos()) {
        still.put(endPoint, since);
      } else {
        hangUp(endPoint);
      }
    }
    waiting = still;
  }

  private static void hangUp(EndPoint endPoint) {
    try {
      endPoint.close();
    } catch (RuntimeException e) { // the others are to be hung up on all the same
      LOG.warn("event=hang-up-failed client={}", endPoint.getRemoteAddress(), e);
    }
  }

  /** Null for a client that keeps nobody waiting. */
  private static Waiting waitingOf(EndPoint endPoint) {
    if (!(endPoint.getConnection() instanceof HttpConnection connection)) {
      return null;
    }
    For what = null;
    if (endPoint instanceof AbstractEndPoint writing && writing.getWriteFlusher().isPending()) {
      what = For.READER;
    } else if (endPoint.isOutputShutdown()) {
      what = For.FAREWELL;
    } else if (connection.getParser().inHeaderState() && !connection.getParser().isStart()) {
      what = For.REQUEST;
    }
    return what == null ? null : new Waiting(what, connection.getMessagesIn(), System.nanoTime());
  }
}
