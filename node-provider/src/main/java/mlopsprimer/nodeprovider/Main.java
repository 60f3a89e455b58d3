package mlopsprimer.nodeprovider;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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

  /**
   * The engine knocks with a call of no name, to see whether anybody is there. gRPC refuses it, as
   * it should, and tells of it with forty lines of stack.
   */
  private static final Logger KNOCKS =
      Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerHandler");

  private Main() {}

  /** Serves until the process is ended. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    KNOCKS.setLevel(Level.OFF);
    try (Engine engine = arguments.length > 0 ? Engine.at(arguments[0]) : Engine.none()) {
      Server server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .maxInboundMessageSize(LARGEST_MESSAGE)
              .addService(new Provider(kinds(), engine))
              .build()
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
      System.out.println(server.getPort());
      server.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }
  }

  private static Map<String, Kind> kinds() {
    return Map.of(
        "primer:index:Image", new ImageKind(),
        "primer:index:NodeImport", new NodeImportKind(),
        "primer:index:NodeDirectory", new NodeDirectoryKind());
  }
}
