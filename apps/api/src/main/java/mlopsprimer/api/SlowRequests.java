package mlopsprimer.api;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConnection;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Hangs up on clients whose request does not arrive. Jetty's idle timeout starts again with every
 * byte, so that one byte a second would keep a connection for hours ("slow loris").
 */
final class SlowRequests extends AbstractLifeCycle implements Runnable {
  private final ServerConnector connector;
  private final Duration patience;
  private Map<EndPoint, Waiting> waiting = new HashMap<>();
  private Scheduler.Task next;

  /**
   * @param requests how many requests the connection had carried before
   */
  private record Waiting(long requests, long sinceNanos) {}

  SlowRequests(ServerConnector connector, Duration patience) {
    this.connector = connector;
    this.patience = patience;
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
    long period = Math.max(1, patience.toMillis() / 4);
    next = connector.getScheduler().schedule(this, period, TimeUnit.MILLISECONDS);
  }

  @Override
  public void run() {
    Map<EndPoint, Waiting> still = new HashMap<>();
    long now = System.nanoTime();
    for (EndPoint endPoint : connector.getConnectedEndPoints()) {
      if (endPoint.getConnection() instanceof HttpConnection connection && isArriving(connection)) {
        Waiting before = waiting.get(endPoint);
        Waiting since =
            before != null && before.requests() == connection.getMessagesIn()
                ? before
                : new Waiting(connection.getMessagesIn(), now);
        if (now - since.sinceNanos() > patience.toNanos()) {
          endPoint.close();
        } else {
          still.put(endPoint, since);
        }
      }
    }
    waiting = still;
    if (isRunning()) {
      schedule();
    }
  }

  /** Not idle between requests, and not all there. */
  private static boolean isArriving(HttpConnection connection) {
    return connection.getParser().inHeaderState() && !connection.getParser().isStart();
  }
}
