package mlopsprimer.infra;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import java.nio.file.Path;
import java.time.Clock;
import mlopsprimer.infra.config.App;
import mlopsprimer.infra.config.Nodes;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.resources.Cluster;
import mlopsprimer.infra.resources.Images;
import mlopsprimer.infra.resources.NetworkPolicies;
import mlopsprimer.infra.resources.NightlyTraining;
import mlopsprimer.infra.resources.PredictionApi;
import mlopsprimer.infra.resources.StoreVolume;
import mlopsprimer.infra.resources.Training;

/**
 * The Pulumi program. The method stack creates all resources, in the order of their dependencies.
 */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    Pulumi.run(
        context ->
            stack(context, StackConfig.read(context.config()::get, checkout(), Clock.systemUTC())));
  }

  static void stack(Context context, StackConfig config) {
    Nodes nodes = config.nodes();

    Cluster cluster = new Cluster(context, config, nodes);
    new NetworkPolicies(config, cluster);
    Images images = new Images(config, nodes, cluster);
    StoreVolume store = new StoreVolume(config, nodes, cluster);
    Training training = new Training(config, cluster, images, store);
    new NightlyTraining(config, cluster, images, store);
    PredictionApi api = new PredictionApi(config, nodes, cluster, images, store, training);

    context.export("predictionUrl", api.url());
    context.export("trainerImage", images.of(App.TRAINER).digest());
    context.export("apiImage", images.of(App.API).digest());
    context.export("trainingJobs", training.jobNames());
    context.export("storeLocation", store.location());
  }

  /** The root of the checkout. Pulumi runs this program in the directory infra below it. */
  private static Path checkout() {
    return Path.of("").toAbsolutePath().getParent();
  }
}
