package mlopsprimer.nodeprovider.training;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The Kubernetes objects of a training, at one moment. */
record TrainingObjects(Job job, List<Pod> pods, List<Event> events) {
  static final String NAMESPACE = "mlops-primer";
  static final String NAME = "train-0123456789ab";
  private static final String UID = "uid-of-the-job";

  static TrainingObjects of(Job job, Pod... pods) {
    return new TrainingObjects(job, Arrays.asList(pods), List.of());
  }

  TrainingObjects with(Event event) {
    return new TrainingObjects(job, pods, List.of(event));
  }

  /** A Job that runs, with the indexes that are done and given up. */
  static Job running(int active, String completed, String failed) {
    return job(active, completed, failed, null, null, null);
  }

  static Job complete(String completed) {
    return job(0, completed, "", "Complete", null, null);
  }

  static Job failed(String completed, String failed) {
    return job(0, completed, failed, "Failed", "FailedIndexes", "Job has failed indexes");
  }

  static Job overdue(String completed) {
    return job(
        0, completed, "", "Failed", "DeadlineExceeded", "Job was active longer than allowed");
  }

  static Job suspended() {
    return new JobBuilder(running(0, "", ""))
        .editSpec()
        .withSuspend(true)
        .endSpec()
        .editStatus()
        .withStartTime(null)
        .endStatus()
        .build();
  }

  private static Job job(
      int active, String completed, String failed, String end, String reason, String message) {
    JobBuilder job =
        new JobBuilder()
            .withNewMetadata()
            .withName(NAME)
            .withNamespace(NAMESPACE)
            .withUid(UID)
            .endMetadata()
            .withNewSpec()
            .withActiveDeadlineSeconds(600L)
            .endSpec()
            .withNewStatus()
            .withStartTime("2026-11-30T20:00:00Z")
            .withActive(active)
            .withCompletedIndexes(completed)
            .withFailedIndexes(failed)
            .endStatus();
    if (end != null) {
      job.editStatus()
          .addNewCondition()
          .withType(end)
          .withStatus("True")
          .withReason(reason)
          .withMessage(message)
          .endCondition()
          .endStatus();
    }
    return job.build();
  }

  static Pod runs(int index) {
    return pod(index, "Running", UID, 1).build();
  }

  /** A failed pod whose termination message is the report. */
  static Pod ended(int index, int second, int exitCode, String reason, String message) {
    return ended(UID, index, second, exitCode, reason, message);
  }

  /** A failed pod of an earlier Job of the same name. */
  static Pod endedOfAnotherJob(int index, String message) {
    return ended("uid-of-another-job", index, 59, 20, "Error", message);
  }

  private static Pod ended(
      String owner, int index, int second, int exitCode, String reason, String message) {
    return pod(index, "Failed", owner, second)
        .editStatus()
        .addNewContainerStatus()
        .withName("trainer")
        .withState(
            new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(exitCode)
                .withReason(reason)
                .withMessage(message)
                .endTerminated()
                .build())
        .endContainerStatus()
        .endStatus()
        .build();
  }

  static Pod unschedulable(int index, String message) {
    return pod(index, "Pending", UID, 1)
        .editStatus()
        .addNewCondition()
        .withType("PodScheduled")
        .withStatus("False")
        .withReason("Unschedulable")
        .withMessage(message)
        .endCondition()
        .endStatus()
        .build();
  }

  static Event failedCreate(String message) {
    return new EventBuilder()
        .withMetadata(new ObjectMetaBuilder().withName("event").build())
        .withReason("FailedCreate")
        .withMessage(message)
        .withLastTimestamp("2026-11-30T20:30:00Z")
        .build();
  }

  private static PodBuilder pod(int index, String phase, String owner, int second) {
    ObjectMeta meta =
        new ObjectMetaBuilder()
            .withName("%s-%d-%02d".formatted(NAME, index, second))
            .withNamespace(NAMESPACE)
            .withCreationTimestamp("2026-11-30T20:00:%02dZ".formatted(second))
            .withAnnotations(
                Map.of("batch.kubernetes.io/job-completion-index", String.valueOf(index)))
            .withOwnerReferences(new OwnerReferenceBuilder().withUid(owner).build())
            .build();
    return new PodBuilder()
        .withMetadata(meta)
        .withNewSpec()
        .endSpec()
        .withNewStatus()
        .withPhase(phase)
        .endStatus();
  }
}
