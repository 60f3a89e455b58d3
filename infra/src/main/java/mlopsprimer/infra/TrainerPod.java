package mlopsprimer.infra;

import com.pulumi.kubernetes.batch.v1.inputs.JobSpecArgs;
import com.pulumi.kubernetes.batch.v1.inputs.PodFailurePolicyArgs;
import com.pulumi.kubernetes.batch.v1.inputs.PodFailurePolicyOnExitCodesRequirementArgs;
import com.pulumi.kubernetes.batch.v1.inputs.PodFailurePolicyOnPodConditionsPatternArgs;
import com.pulumi.kubernetes.batch.v1.inputs.PodFailurePolicyRuleArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import java.util.ArrayList;
import java.util.List;

/**
 * One training of one ticker: the same for the Job that follows a change and for the nightly one.
 */
final class TrainerPod {
  /** The trainer's exit code for a source that does not answer. */
  private static final int UNREACHABLE = 10;

  private TrainerPod() {}

  static List<String> arguments(StackConfig config, Ticker ticker) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--store",
                RestrictedPod.MODELS,
                "--ticker",
                ticker.symbol(),
                "--source",
                config.source(),
                "--history",
                config.history(),
                "--trees",
                String.valueOf(config.trees()),
                "--seed",
                String.valueOf(config.seed()),
                "--yahoo-base-url",
                config.yahooBaseUrl().toString()));
    if (config.allowStale()) {
      arguments.add("--allow-stale");
    }
    return arguments;
  }

  static JobSpecArgs.Builder spec(
      StackConfig config, Images images, ModelStorage storage, Ticker ticker) {
    return JobSpecArgs.builder()
        // Settings, bad data and whatever else: no other attempt would end otherwise.
        .backoffLimit(0)
        // Not counted as failures: a source that does not answer is asked again, after 10 s, 20 s
        // and so on, until the deadline; and a pod that a drained node took along is replaced.
        // See docs/decisions/0008.
        .podFailurePolicy(
            PodFailurePolicyArgs.builder()
                .rules(
                    PodFailurePolicyRuleArgs.builder()
                        .action("Ignore")
                        .onPodConditions(List.of()) // the SDK wants it said
                        .onExitCodes(
                            PodFailurePolicyOnExitCodesRequirementArgs.builder()
                                .containerName("trainer")
                                .operator("In")
                                .values(UNREACHABLE)
                                .build())
                        .build(),
                    PodFailurePolicyRuleArgs.builder()
                        .action("Ignore")
                        .onPodConditions(
                            PodFailurePolicyOnPodConditionsPatternArgs.builder()
                                .type("DisruptionTarget")
                                .status("True")
                                .build())
                        .build())
                .build())
        .activeDeadlineSeconds((int) config.trainingDeadline().toSeconds())
        .template(
            PodTemplateSpecArgs.builder()
                .metadata(RestrictedPod.metadata(Labels.of("trainer", ticker), storage))
                .spec(
                    RestrictedPod.spec(false)
                        .restartPolicy("Never")
                        .containers(
                            RestrictedPod.container("trainer", false, config.trainerResources())
                                .image(images.trainer().reference())
                                .args(arguments(config, ticker))
                                .build())
                        .build())
                .build());
  }
}
