package mlopsprimer.infra;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.batch.v1.Job;
import com.pulumi.kubernetes.batch.v1.JobArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomTimeouts;
import com.pulumi.resources.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Job for each ticker. Its name says what it runs, so that another image or setting is another
 * Job; none is ever changed. It runs again if it failed, or if what it trained was lost with its
 * node.
 */
final class Training extends ComponentResource {
  private final List<Job> jobs = new ArrayList<>();
  private final List<Output<String>> names = new ArrayList<>();

  Training(StackConfig config, Cluster cluster, Images images, ModelStorage storage) {
    super("primer:infra:Training", "training");
    for (Ticker ticker : config.tickers()) {
      Output<String> name =
          images.trainer().reference().applyValue(image -> jobName(config, ticker, image));
      names.add(name);
      jobs.add(
          new Job(
              "train-" + ticker.slug(),
              JobArgs.builder()
                  .metadata(
                      name.applyValue(
                          known ->
                              Cluster.metadata(
                                  known,
                                  Labels.of("trainer", ticker),
                                  // A Job that failed runs again at the next update.
                                  Map.of("pulumi.com/replaceUnready", "true"))))
                  .spec(TrainerPod.spec(config, images, storage, ticker).build())
                  .build(),
              cluster
                  .optionsBuilder(this)
                  .dependsOn(images.trainerOnNodes(), storage.claim())
                  .customTimeouts(patience(config))
                  // Kubernetes lets hardly a field of a Job change.
                  .replaceOnChanges("spec")
                  .deleteBeforeReplace(true)
                  .build()));
    }
    registerOutputs(Map.of());
  }

  /** What waits for every ticker to have a model. */
  List<Resource> done() {
    return List.copyOf(jobs);
  }

  Output<List<String>> jobNames() {
    return Output.all(names);
  }

  /** The Job has a deadline of its own, and says more about it. */
  private static CustomTimeouts patience(StackConfig config) {
    Duration patience = config.trainingDeadline().plusMinutes(1);
    return Cluster.timeouts().create(patience).update(patience).build();
  }

  static String jobName(StackConfig config, Ticker ticker, String image) {
    String runs =
        String.join(
            "\n",
            image,
            config.trainerResources().toString(),
            String.join("\n", TrainerPod.arguments(config, ticker)));
    return "train-%s-%s".formatted(ticker.slug(), Hash.of(runs.getBytes(UTF_8), 12));
  }
}
