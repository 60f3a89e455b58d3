package mlopsprimer.nodeprovider;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A Pulumi plugin: serves {@code pulumirpc.ResourceProvider} on a port of this machine, which it
 * prints, until the engine that started it ends it. The first argument is the engine's own address.
 */
public final class Main {
  private static final int LARGEST_MESSAGE = 64 << 20;

  /** Until a URL answers as it should: pods are ready by then. */
  private static final Duration ANSWER = Duration.ofSeconds(60);

  /**
   * gRPC tells of every call that it refuses, with forty lines of stack; the engine makes one, to
   * see whether anybody is there. What matters, the engine is answered.
   */
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private Main() {}

  /** Serves until the process is ended. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    GRPC.setLevel(Level.OFF);
    try (Engine engine = arguments.length > 0 ? Engine.at(arguments[0]) : Engine.none()) {
      Server server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .maxInboundMessageSize(LARGEST_MESSAGE)
              .addService(new Provider(kinds(), engine))
              .build()
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
      endWithPulumi(server);
      System.out.println(server.getPort());
      server.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }
  }

  /** A Pulumi that was killed has told nobody. */
  @SuppressWarnings("FutureReturnValueIgnored")
  private static void endWithPulumi(Server server) {
    ProcessHandle.current()
        .parent()
        .ifPresent(pulumi -> pulumi.onExit().thenRun(server::shutdownNow));
  }

  private static Map<String, Kind> kinds() {
    return Map.of(
        "primer:index:Image", new ImageKind(),
        "primer:index:NodeImport", new NodeImportKind(),
        "primer:index:NodeDirectory", new NodeDirectoryKind(),
        "primer:index:Answer", new AnswerKind(ANSWER));
  }
}
