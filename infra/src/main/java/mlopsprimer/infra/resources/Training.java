package mlopsprimer.infra.resources;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import java.util.HashMap;
import java.util.Map;
import mlopsprimer.contract.Sha256;
import mlopsprimer.contract.Ticker;
import mlopsprimer.infra.config.App;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.config.TickerGroup;
import mlopsprimer.infra.nodeprovider.TrainingCheck;
import mlopsprimer.infra.nodeprovider.TrainingOutcome;

/**
 * One Indexed Job that trains all tickers. Its name contains a hash of its image, limits and
 * arguments, and of the days of its exchanges. When one of them changes, Pulumi creates another Job
 * and never changes an existing Job. So the first update of a day runs the Job, because the models
 * may be older than the newest prices; the trainer leaves out the tickers that have nothing new. A
 * Job runs again if it failed, or if the directory of the model store was lost and created again.
 */
public final class Training extends ComponentResource {
  private static final String NAME = "train";
  private static final int HASH_DIGITS = 12;

  private final Output<String> jobName;
  private final TrainingOutcome outcome;

  public Training(StackConfig config, Cluster cluster, Images images, Store store) {
    super("mlops-primer:infra:Training", "training");
    TickerGroup group = config.trainings().allTickers();
    jobName = images.of(App.TRAINER).reference().applyValue(image -> jobName(config, image));
    // The resource TrainingOutcome waits for the Job. The next update replaces a Job that failed.
    Map<String, String> annotations = new HashMap<>(KubernetesObjects.NOT_AWAITED);
    annotations.put("pulumi.com/replaceUnready", "true");
    BatchObject.Job job =
        new BatchObject.Job(
            NAME,
            jobName.applyValue(
                known -> cluster.objects().metadata(known, TrainerPod.LABELS, annotations)),
            TrainerPod.job(config, images, store, group),
            cluster
                .optionsBuilder(this)
                .dependsOn(TrainerPod.needs(images, store))
                // Kubernetes refuses changes of most fields of a Job.
                .replaceOnChanges("spec")
                .deleteBeforeReplace(true)
                .build());
    outcome =
        new TrainingOutcome(
            NAME,
            new TrainingOutcome.Args(
                cluster.access(),
                config.namespace(),
                jobName,
                generation(config, job),
                group.tickers().stream().map(Ticker::symbol).toList(),
                group.indexes(),
                config.defaultTicker().symbol()),
            CustomResourceOptions.builder().parent(this).dependsOn(job).build());
    registerOutputs(Map.of());
  }

  /**
   * The end of the Job. An object that depends on it is created when the default ticker has a
   * model, whether the other tickers have one or not.
   */
  Resource done() {
    return outcome;
  }

  /**
   * Makes the update fail if a ticker is not trained.
   *
   * @param rollout the last resource of the update, which a ticker that is not trained must not
   *     stop
   */
  public void check(Resource rollout) {
    new TrainingCheck(
        NAME,
        new TrainingCheck.Args(outcome),
        CustomResourceOptions.builder().parent(this).dependsOn(rollout).build());
  }

  /** The name of the Job in Kubernetes. */
  public Output<String> jobName() {
    return jobName;
  }

  /** A text that changes with the cluster and with the uid of the Job. */
  private static Output<String> generation(StackConfig config, BatchObject.Job job) {
    return job.metadata()
        .applyValue(found -> config.cluster().fingerprint() + "/" + found.uid().orElse(""));
  }

  /** The name of the Job: train- and a hash of image, limits, arguments and days. */
  static String jobName(StackConfig config, String image) {
    String inputs =
        String.join(
            "\n",
            image,
            config.limits(App.TRAINER).toString(),
            config.trainings().days().toString(),
            String.join("\n", TrainerPod.arguments(config, config.trainings().allTickers())));
    return "%s-%s".formatted(NAME, Sha256.hex(inputs.getBytes(UTF_8)).substring(0, HASH_DIGITS));
  }
}
