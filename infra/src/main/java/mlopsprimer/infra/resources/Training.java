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
 * A training Job for each ticker. The name of a Job has a hash of what it runs, so that another
 * image or setting is another Job and no Job has to change. A Job runs again if it failed, or if
 * the model that it trained was lost with its node.
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
                              KubernetesObjects.metadata(
                                  known,
                                  TrainerPod.labels(ticker),
                                  // A Job that failed runs again at the next update.
                                  Map.of("pulumi.com/replaceUnready", "true"))))
                  .spec(TrainerPod.job(config, images, store, ticker).build())
                  .build(),
              cluster
                  .optionsBuilder(this)
                  .dependsOn(images.onNodes(App.TRAINER), store.claim())
                  .customTimeouts(patience(config))
                  // Kubernetes lets hardly a field of a Job change.
                  .replaceOnChanges("spec")
                  .deleteBeforeReplace(true)
                  .build()));
    }
    registerOutputs(Map.of());
  }

  /** The Jobs, for objects that wait until every ticker has a model. */
  List<Resource> done() {
    return List.copyOf(jobs);
  }

  public Output<List<String>> jobNames() {
    return Output.all(names);
  }

  /** Pulumi waits a minute longer than the Job's own deadline, whose message says more. */
  private static CustomTimeouts patience(StackConfig config) {
    Duration patience = config.get(StackSettings.TRAINING_DEADLINE).plusMinutes(1);
    return Cluster.timeouts().create(patience).update(patience).build();
  }

  static String jobName(StackConfig config, Ticker ticker, String image) {
    String runs =
        String.join(
            "\n",
            image,
            config.limits(App.TRAINER).toString(),
            String.join("\n", TrainerPod.arguments(config, ticker)));
    return "train-%s-%s"
        .formatted(ticker.slug(), Sha256.hex(runs.getBytes(UTF_8)).substring(0, HASH_DIGITS));
  }
}
