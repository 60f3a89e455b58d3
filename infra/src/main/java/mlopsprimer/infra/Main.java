package mlopsprimer.infra;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import mlopsprimer.infra.config.App;
import mlopsprimer.infra.config.Nodes;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.resources.Cluster;
import mlopsprimer.infra.resources.Images;
import mlopsprimer.infra.resources.Mlflow;
import mlopsprimer.infra.resources.Mlflows;
import mlopsprimer.infra.resources.NetworkPolicies;
import mlopsprimer.infra.resources.NightlyTraining;
import mlopsprimer.infra.resources.PredictionApi;
import mlopsprimer.infra.resources.Store;
import mlopsprimer.infra.resources.Stores;
import mlopsprimer.infra.resources.TrackedStore;
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

  /** Declares all resources of a stack. */
  public static void stack(Context context, StackConfig config) {
    Optional<Nodes> nodes = config.nodes();

    Cluster cluster = new Cluster(context, config, nodes);
    new NetworkPolicies(config, cluster);
    Images images = new Images(config, nodes, cluster);
    Store models = Stores.of(config, nodes, cluster, images);
    Optional<Mlflow> mlflow = Mlflows.of(config, nodes, cluster, images, models);
    Store store = mlflow.<Store>map(server -> new TrackedStore(models, server)).orElse(models);
    Training training = new Training(config, cluster, images, store);
    new NightlyTraining(config, cluster, images, store);
    PredictionApi api = new PredictionApi(config, nodes, cluster, images, store, training);
    training.check(api.rollout());

    context.export("predictionUrl", api.url());
    api.portForward().ifPresent(command -> context.export("portForward", Output.of(command)));
    context.export("trainerImage", images.of(App.TRAINER).digest());
    context.export("apiImage", images.of(App.API).digest());
    context.export("trainingJob", training.jobName());
    context.export("storeLocation", store.location());
    mlflow.ifPresent(found -> context.export("mlflowUrl", found.url()));
    mlflow
        .flatMap(Mlflow::portForward)
        .ifPresent(command -> context.export("mlflowPortForward", Output.of(command)));
  }

  /** The root of the checkout. Pulumi runs this program in the directory infra below it. */
  private static Path checkout() {
    return Path.of("").toAbsolutePath().getParent();
  }
}
