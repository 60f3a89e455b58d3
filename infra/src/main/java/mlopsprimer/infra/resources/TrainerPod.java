package mlopsprimer.infra.resources;

import com.pulumi.kubernetes.batch.v1.inputs.JobSpecArgs;
import com.pulumi.kubernetes.batch.v1.inputs.PodFailurePolicyArgs;
import com.pulumi.kubernetes.batch.v1.inputs.PodFailurePolicyOnExitCodesRequirementArgs;
import com.pulumi.kubernetes.batch.v1.inputs.PodFailurePolicyOnPodConditionsPatternArgs;
import com.pulumi.kubernetes.batch.v1.inputs.PodFailurePolicyRuleArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import java.util.ArrayList;
import java.util.List;
import mlopsprimer.contract.ExitCode;
import mlopsprimer.contract.Ticker;
import mlopsprimer.infra.config.App;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.config.StackSettings;

/** The specification of a training Job. Training and NightlyTraining use the same specification. */
final class TrainerPod {
  private static final RestrictedPod POD = new RestrictedPod(App.TRAINER, false);

  private TrainerPod() {}

  static Labels labels(Ticker ticker) {
    return Labels.of("trainer", ticker);
  }

  static List<String> arguments(StackConfig config, Ticker ticker) {
    List<String> arguments = new ArrayList<>(List.of("train"));
    arguments.addAll(config.trainerArguments(ticker));
    return arguments;
  }

  static JobSpecArgs.Builder job(
      StackConfig config, Images images, StoreVolume store, Ticker ticker) {
    return JobSpecArgs.builder()
        // Wrong settings and bad data would make another attempt fail, too.
        .backoffLimit(0)
        .podFailurePolicy(failurePolicy())
        .activeDeadlineSeconds((int) config.get(StackSettings.TRAINING_DEADLINE).toSeconds())
        .template(
            PodTemplateSpecArgs.builder()
                .metadata(POD.metadata(labels(ticker), config, store))
                .spec(
                    POD.spec()
                        .restartPolicy("Never")
                        .containers(
                            POD.container(config, images).args(arguments(config, ticker)).build())
                        .build())
                .build());
  }

  /**
   * The policy does not count two kinds of end of a pod as failures. If the source of prices did
   * not answer, the Job starts another pod after 10 s, 20 s and so on, until its deadline. If a
   * node was drained, the Job replaces the pod. docs/decisions/0008 has the reasons.
   */
  private static PodFailurePolicyArgs failurePolicy() {
    return PodFailurePolicyArgs.builder()
        .rules(
            PodFailurePolicyRuleArgs.builder()
                .action("Ignore")
                .onPodConditions(List.of()) // the SDK requires the property
                .onExitCodes(
                    PodFailurePolicyOnExitCodesRequirementArgs.builder()
                        .containerName(App.TRAINER.label())
                        .operator("In")
                        .values(ExitCode.UNREACHABLE.status())
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
        .build();
  }
}
