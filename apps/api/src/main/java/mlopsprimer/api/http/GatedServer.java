package mlopsprimer.api.http;

import java.util.function.Function;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.util.thread.ThreadPool;

/** Puts the {@link Gate} before Spark's handler, which Spark sets when it starts. */
final class GatedServer extends Server {
  private final Function<Handler, Gate> gate;

  /**
   * @param gate makes the gate before a handler
   */
  GatedServer(ThreadPool threads, Function<Handler, Gate> gate) {
    super(threads);
    this.gate = gate;
  }

  @Override
  public void setHandler(Handler handler) {
    // When Jetty stops, it waits for the requests that a StatisticsHandler counts.
    StatisticsHandler counting = new StatisticsHandler();
    counting.setHandler(gate.apply(handler));
    super.setHandler(counting);
  }
}
