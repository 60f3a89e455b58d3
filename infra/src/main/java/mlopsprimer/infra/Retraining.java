package mlopsprimer.infra;

import com.pulumi.kubernetes.batch.v1.CronJob;
import com.pulumi.kubernetes.batch.v1.CronJobArgs;
import com.pulumi.kubernetes.batch.v1.inputs.CronJobSpecArgs;
import com.pulumi.kubernetes.batch.v1.inputs.JobTemplateSpecArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResource;
import java.util.Map;

/** Trains every ticker again after the market has closed; the API follows without a restart. */
final class Retraining extends ComponentResource {
  private static final int LATE_SECONDS = 4 * 60 * 60;

  Retraining(StackConfig config, Cluster cluster, Images images, ModelStorage storage) {
    super("primer:infra:Retraining", "retraining");
    for (Ticker ticker : config.tickers()) {
      String name = "retrain-" + ticker.slug();
      Labels labels = Labels.of("trainer", ticker);
      new CronJob(
          name,
          CronJobArgs.builder()
              .metadata(Cluster.metadata(name, labels))
              .spec(
                  CronJobSpecArgs.builder()
                      .schedule(config.schedule())
                      .timeZone(config.timeZone())
                      .concurrencyPolicy("Forbid")
                      // A cluster that was off in the evening trains when it is on again.
                      .startingDeadlineSeconds(LATE_SECONDS)
                      .successfulJobsHistoryLimit(3)
                      .failedJobsHistoryLimit(3)
                      .jobTemplate(
                          JobTemplateSpecArgs.builder()
                              .metadata(ObjectMetaArgs.builder().labels(labels.all()).build())
                              .spec(TrainerPod.spec(config, images, storage, ticker).build())
                              .build())
                      .build())
              .build(),
          cluster.optionsBuilder(this).dependsOn(images.trainerOnNodes(), storage.claim()).build());
    }
    registerOutputs(Map.of());
  }
}
