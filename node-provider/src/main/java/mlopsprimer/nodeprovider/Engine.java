package mlopsprimer.nodeprovider;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import pulumirpc.EngineGrpc;
import pulumirpc.EngineOuterClass.LogRequest;
import pulumirpc.EngineOuterClass.LogSeverity;

/** The Pulumi engine that started this plugin, as far as it takes lines for its log. */
final class Engine implements AutoCloseable {
  private final ManagedChannel channel;

  private Engine(ManagedChannel channel) {
    this.channel = channel;
  }

  static Engine at(String address) {
    return new Engine(NettyChannelBuilder.forTarget(address).usePlaintext().build());
  }

  static Engine none() {
    return new Engine(null);
  }

  /** Progress of one resource. */
  Log logOf(String urn) {
    return message -> {
      if (channel == null) {
        return;
      }
      try {
        EngineGrpc.newBlockingStub(channel)
            .log(
                LogRequest.newBuilder()
                    .setSeverity(LogSeverity.INFO)
                    .setMessage(message)
                    .setUrn(urn)
                    .build());
      } catch (StatusRuntimeException e) {
        // Progress that nobody sees is no reason to fail.
        System.err.println(message);
      }
    };
  }

  @Override
  public void close() {
    if (channel != null) {
      channel.shutdownNow();
    }
  }

  /** Where the progress of one resource is told. */
  @FunctionalInterface
  interface Log {
    void info(String message);
  }
}
