package mlopsprimer.infra.resources;

import com.pulumi.kubernetes.batch.v1.CronJob;
import com.pulumi.kubernetes.batch.v1.CronJobArgs;
import com.pulumi.kubernetes.batch.v1.inputs.CronJobSpecArgs;
import com.pulumi.kubernetes.batch.v1.inputs.JobTemplateSpecArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResource;
import java.time.Duration;
import java.util.Map;
import mlopsprimer.contract.Ticker;
import mlopsprimer.infra.config.App;
import mlopsprimer.infra.config.NightlySchedule;
import mlopsprimer.infra.config.StackConfig;

/**
 * For each ticker, a CronJob that trains again after its exchange has closed. The API serves the
 * new model without a restart.
 */
public final class NightlyTraining extends ComponentResource {
  /**
   * Longest delay of a start. If the cluster was off or asleep at the time of a training, the
   * training starts when the cluster is back. After several missed trainings, one starts.
   */
  private static final Duration LATEST_START = Duration.ofDays(7);

  private static final int KEPT_JOBS = 3;

  public NightlyTraining(StackConfig config, Cluster cluster, Images images, StoreVolume store) {
    super("mlops-primer:infra:NightlyTraining", "nightly-training");
    for (Ticker ticker : config.tickers()) {
      String name = "nightly-" + ticker.slug();
      NightlySchedule schedule = config.nightly(ticker);
      Labels labels = TrainerPod.labels(ticker);
      new CronJob(
          name,
          CronJobArgs.builder()
              .metadata(cluster.objects().metadata(name, labels))
              .spec(
                  CronJobSpecArgs.builder()
                      .schedule(schedule.cron().text())
                      .timeZone(schedule.timeZone())
                      .concurrencyPolicy("Forbid")
                      .startingDeadlineSeconds((int) LATEST_START.toSeconds())
                      .successfulJobsHistoryLimit(KEPT_JOBS)
                      .failedJobsHistoryLimit(KEPT_JOBS)
                      .jobTemplate(
                          JobTemplateSpecArgs.builder()
                              .metadata(ObjectMetaArgs.builder().labels(labels.all(config)).build())
                              .spec(TrainerPod.job(config, images, store, ticker).build())
                              .build())
                      .build())
              .build(),
          cluster
              .optionsBuilder(this)
              .dependsOn(images.onNodes(App.TRAINER), store.claim())
              .build());
    }
    registerOutputs(Map.of());
  }
}
