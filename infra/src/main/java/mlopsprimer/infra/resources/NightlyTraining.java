package mlopsprimer.infra.resources;

import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import mlopsprimer.infra.config.NightlySchedule;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.config.TickerGroup;

/**
 * For each exchange, a CronJob that trains its tickers again after the exchange has closed. With a
 * cron schedule of the user, one CronJob trains all tickers. The API serves the new models without
 * a restart.
 */
public final class NightlyTraining extends ComponentResource {
  /**
   * Longest delay of a start. If the cluster was off or asleep at the time of a training, the
   * training starts when the cluster is back. After several missed trainings, one starts.
   */
  private static final Duration LATEST_START = Duration.ofDays(7);

  private static final int KEPT_JOBS = 3;

  public NightlyTraining(StackConfig config, Cluster cluster, Images images, Store store) {
    super("mlops-primer:infra:NightlyTraining", "nightly-training");
    for (TickerGroup group : config.trainings().nightlyGroups()) {
      String name = group.name().isEmpty() ? "nightly" : "nightly-" + group.name();
      new BatchObject.CronJob(
          name,
          cluster.objects().metadata(name, TrainerPod.LABELS),
          spec(config, images, store, group),
          cluster.optionsBuilder(this).dependsOn(TrainerPod.needs(images, store)).build());
    }
    registerOutputs(Map.of());
  }

  private static Map<String, Object> spec(
      StackConfig config, Images images, Store store, TickerGroup group) {
    NightlySchedule schedule = config.trainings().nightly(group.tickers().get(0));
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("schedule", schedule.cron().text());
    spec.put("timeZone", schedule.timeZone());
    spec.put("concurrencyPolicy", "Forbid");
    spec.put("startingDeadlineSeconds", (int) LATEST_START.toSeconds());
    spec.put("successfulJobsHistoryLimit", KEPT_JOBS);
    spec.put("failedJobsHistoryLimit", KEPT_JOBS);
    spec.put(
        "jobTemplate",
        Map.of(
            "metadata",
            ObjectMetaArgs.builder().labels(TrainerPod.LABELS.all(config)).build(),
            "spec",
            TrainerPod.job(config, images, store, group)));
    return spec;
  }
}
