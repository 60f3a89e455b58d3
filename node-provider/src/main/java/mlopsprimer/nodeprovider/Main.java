package mlopsprimer.nodeprovider;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import mlopsprimer.nodeprovider.image.ImageResource;
import mlopsprimer.nodeprovider.node.NodeDirectoryResource;
import mlopsprimer.nodeprovider.node.NodeImportResource;
import mlopsprimer.nodeprovider.ownership.OwnershipResource;
import mlopsprimer.nodeprovider.rollout.RolloutLimits;
import mlopsprimer.nodeprovider.rollout.RolloutResource;
import mlopsprimer.nodeprovider.rpc.Engine;
import mlopsprimer.nodeprovider.rpc.Provider;
import mlopsprimer.nodeprovider.rpc.ResourceType;
import mlopsprimer.nodeprovider.secret.CredentialsResource;
import mlopsprimer.nodeprovider.training.TrainingCheckResource;
import mlopsprimer.nodeprovider.training.TrainingOutcomeResource;
import mlopsprimer.nodeprovider.volume.ClaimableVolumeResource;

/**
 * The program of the plugin. It serves {@code pulumirpc.ResourceProvider} on a port of this
 * machine, prints that port, and runs until Pulumi's engine ends it. The first argument is the
 * address of that engine.
 */
public final class Main {
  private static final int LARGEST_MESSAGE_BYTES = 64 << 20;

  /**
   * The logger of gRPC. It is turned off, because gRPC logs a stack trace of forty lines for every
   * call that it refuses, and the engine makes one such call to find out whether the plugin runs.
   * The engine gets every error as the answer to its call.
   */
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private Main() {}

  /** Serves until Pulumi ends this process. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    GRPC.setLevel(Level.OFF);
    try (Engine engine = arguments.length > 0 ? Engine.at(arguments[0]) : Engine.none()) {
      Provider provider = new Provider(resourceTypes(checkout()), engine);
      Server server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .maxInboundMessageSize(LARGEST_MESSAGE_BYTES)
              .addService(provider)
              .build()
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
      endWithPulumi(provider);
      System.out.println(server.getPort());
      server.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }
  }

  /**
   * The root of the checkout that this plugin belongs to. Paths in Pulumi's state start there, so
   * that they stay right when the checkout is moved. The plugin's start script sets the property.
   */
  private static Path checkout() {
    return Path.of(System.getProperty("checkout", "")).toAbsolutePath();
  }

  static List<ResourceType<?, ?>> resourceTypes(Path checkout) {
    return List.of(
        new OwnershipResource(checkout),
        new CredentialsResource(),
        new ImageResource(checkout),
        new NodeImportResource(checkout),
        new NodeDirectoryResource(checkout),
        new ClaimableVolumeResource(checkout),
        new TrainingOutcomeResource(checkout, RolloutLimits.DEFAULT),
        new TrainingCheckResource(),
        new RolloutResource(checkout, RolloutLimits.DEFAULT));
  }

  /**
   * Ends this process, Maven and all connections to nodes when the Pulumi process ends. A process
   * that was killed sends no cancel. Nobody would record what this process did after that.
   */
  @SuppressWarnings("FutureReturnValueIgnored")
  private static void endWithPulumi(Provider provider) {
    ProcessHandle.current()
        .parent()
        .ifPresent(
            pulumi ->
                pulumi
                    .onExit()
                    .thenRun(
                        () -> {
                          provider.abort();
                          Runtime.getRuntime().halt(1);
                        }));
  }
}
