package mlopsprimer.infra;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.batch.v1.inputs.JobSpecArgs;
import com.pulumi.kubernetes.batch.v1.inputs.PodFailurePolicyArgs;
import com.pulumi.kubernetes.batch.v1.inputs.PodFailurePolicyOnExitCodesRequirementArgs;
import com.pulumi.kubernetes.batch.v1.inputs.PodFailurePolicyRuleArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import java.util.ArrayList;
import java.util.List;

/**
 * One training of one ticker: the same for the Job that follows a change and for the nightly one.
 */
final class TrainerPod {
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

  static JobSpecArgs.Builder spec(StackConfig config, Output<String> image, Ticker ticker) {
    return JobSpecArgs.builder()
        .backoffLimit(config.backoffLimit())
        .podFailurePolicy(
            PodFailurePolicyArgs.builder()
                .rules(
                    // Settings and bad data: no other attempt would end otherwise. 10, a source
                    // that does not answer, is tried again.
                    PodFailurePolicyRuleArgs.builder()
                        .action("FailJob")
                        .onPodConditions(List.of()) // the SDK wants it said
                        .onExitCodes(
                            PodFailurePolicyOnExitCodesRequirementArgs.builder()
                                .containerName("trainer")
                                .operator("In")
                                .values(2, 20)
                                .build())
                        .build())
                .build())
        .template(
            PodTemplateSpecArgs.builder()
                .metadata(
                    ObjectMetaArgs.builder().labels(Labels.of("trainer", ticker).all()).build())
                .spec(
                    RestrictedPod.spec(false)
                        .restartPolicy("Never")
                        .containers(
                            RestrictedPod.container("trainer", false, config.trainerResources())
                                .image(image)
                                .args(arguments(config, ticker))
                                .build())
                        .build())
                .build());
  }
}
