package mlopsprimer.infra.resources;

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
import mlopsprimer.contract.Sha256;
import mlopsprimer.contract.Ticker;
import mlopsprimer.infra.config.App;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.config.StackSettings;

/**
 * A training Job for each ticker. The name of a Job contains a hash of its image, limits and
 * arguments, and of the day. When one of them changes, Pulumi creates another Job and never changes
 * an existing Job. So the first update of a day trains, because the model may be older than the
 * newest prices. A Job runs again if it failed, or if the directory of the model store was lost and
 * created again.
 */
public final class Training extends ComponentResource {
  private static final int HASH_DIGITS = 12;

  private final List<Job> jobs = new ArrayList<>();
  private final List<Output<String>> names = new ArrayList<>();

  public Training(StackConfig config, Cluster cluster, Images images, StoreVolume store) {
    super("mlops-primer:infra:Training", "training");
    for (Ticker ticker : config.tickers()) {
      Output<String> name =
          images.of(App.TRAINER).reference().applyValue(image -> jobName(config, ticker, image));
      names.add(name);
      jobs.add(
          new Job(
              "train-" + ticker.slug(),
              JobArgs.builder()
                  .metadata(
                      name.applyValue(
                          known ->
                              cluster
                                  .objects()
                                  .metadata(
                                      known,
                                      TrainerPod.labels(ticker),
                                      // The next update replaces a Job that failed.
                                      Map.of("pulumi.com/replaceUnready", "true"))))
                  .spec(TrainerPod.job(config, images, store, ticker).build())
                  .build(),
              cluster
                  .optionsBuilder(this)
                  .dependsOn(images.onNodes(App.TRAINER), store.claim())
                  .customTimeouts(patience(config))
                  // Kubernetes refuses changes of most fields of a Job.
                  .replaceOnChanges("spec")
                  .deleteBeforeReplace(true)
                  .build()));
    }
    registerOutputs(Map.of());
  }

  /** The Jobs. An object that depends on them is created when every ticker has a model. */
  List<Resource> done() {
    return List.copyOf(jobs);
  }

  /** The names of the Jobs in Kubernetes, in the order of the tickers. */
  public Output<List<String>> jobNames() {
    return Output.all(names);
  }

  /**
   * The time that Pulumi waits for a Job. It is a minute longer than the Job's deadline, because
   * the message of a Job that reached its deadline says more than a timeout of Pulumi.
   */
  private static CustomTimeouts patience(StackConfig config) {
    Duration patience = config.get(StackSettings.TRAINING_DEADLINE).plusMinutes(1);
    return Cluster.timeouts().create(patience).update(patience).build();
  }

  /**
   * The name of the Job: train-, the ticker's slug and a hash of image, limits, arguments and day.
   */
  static String jobName(StackConfig config, Ticker ticker, String image) {
    String inputs =
        String.join(
            "\n",
            image,
            config.limits(App.TRAINER).toString(),
            config.today(ticker).toString(),
            String.join("\n", TrainerPod.arguments(config, ticker)));
    return "train-%s-%s"
        .formatted(ticker.slug(), Sha256.hex(inputs.getBytes(UTF_8)).substring(0, HASH_DIGITS));
  }
}
