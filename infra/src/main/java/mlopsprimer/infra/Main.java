package mlopsprimer.infra;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import java.nio.file.Path;

/** The whole stack: each line needs what the lines above it made. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    Pulumi.run(context -> stack(context, StackConfig.read(context.config()::get, checkout())));
  }

  static void stack(Context context, StackConfig config) {
    Nodes nodes = Nodes.of(config.sshConfig());

    Cluster cluster = new Cluster(config);
    Images images = new Images(config, nodes);
    ModelStorage storage = new ModelStorage(config, nodes, cluster);
    Training training = new Training(config, cluster, images, storage);
    new Retraining(config, cluster, images, storage);
    PredictionApi api = new PredictionApi(config, nodes, cluster, images, storage, training);

    context.export("predictionUrl", api.url());
    context.export("trainerImage", images.trainer().digest());
    context.export("apiImage", images.api().digest());
    context.export("trainingJobs", training.jobNames());
    context.export("modelDirectory", storage.location());
  }

  /** Pulumi runs this program in infra/. */
  private static Path checkout() {
    return Path.of("").toAbsolutePath().getParent();
  }
}
