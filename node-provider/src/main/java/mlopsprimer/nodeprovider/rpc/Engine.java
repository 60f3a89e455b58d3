package mlopsprimer.nodeprovider.rpc;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import pulumirpc.EngineGrpc;
import pulumirpc.EngineOuterClass.LogRequest;
import pulumirpc.EngineOuterClass.LogSeverity;

/** A client of the Pulumi engine that started this plugin. It sends progress messages. */
public final class Engine implements AutoCloseable {
  private final ManagedChannel channel;

  private Engine(ManagedChannel channel) {
    this.channel = channel;
  }

  /**
   * Creates a client of the engine.
   *
   * @param address host and port of the engine's gRPC server
   */
  public static Engine at(String address) {
    return new Engine(NettyChannelBuilder.forTarget(address).usePlaintext().build());
  }

  /** A client that discards all messages. */
  public static Engine none() {
    return new Engine(null);
  }

  /** The log of one resource. */
  Log logOf(String urn) {
    return new Log() {
      @Override
      public void info(String message) {
        send(LogSeverity.INFO, message, urn);
      }

      @Override
      public void warn(String message) {
        send(LogSeverity.WARNING, message, urn);
      }
    };
  }

  private void send(LogSeverity severity, String message, String urn) {
    if (channel == null) {
      return;
    }
    try {
      EngineGrpc.newBlockingStub(channel)
          .log(
              LogRequest.newBuilder()
                  .setSeverity(severity)
                  .setMessage(message)
                  .setUrn(urn)
                  .build());
    } catch (StatusRuntimeException e) {
      // A message that cannot be delivered must not fail the resource.
      System.err.println(message);
    }
  }

  @Override
  public void close() {
    if (channel != null) {
      channel.shutdownNow();
    }
  }
}
