package mlopsprimer.infra.resources;

import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import com.pulumi.resources.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mlopsprimer.contract.AppPod;
import mlopsprimer.contract.ExitCode;
import mlopsprimer.infra.config.App;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.config.StackSettings;
import mlopsprimer.infra.config.TickerGroup;

/**
 * The specification of an Indexed Job that trains tickers. Training and NightlyTraining use the
 * same specification. docs/decisions/0018 has the reasons.
 */
final class TrainerPod {
  static final Labels LABELS = Labels.of("trainer");

  /**
   * Further attempts of an index whose pod ended with another code than those of {@link #FINAL}, or
   * was killed. They start after 10, 20, 40, 80 and 160 s.
   */
  private static final int MORE_ATTEMPTS = 5;

  /** Exit codes after which another attempt would fail, too. */
  private static final List<Integer> FINAL =
      List.of(ExitCode.INTERNAL.status(), ExitCode.USAGE.status(), ExitCode.BAD_DATA.status());

  /** Time by which each ticker but the first one moves the deadline of the Job. */
  private static final Duration A_TICKER = Duration.ofSeconds(3);

  private TrainerPod() {}

  static List<String> arguments(StackConfig config, TickerGroup group) {
    List<String> arguments = new ArrayList<>(List.of("train"));
    arguments.addAll(config.trainerArguments(group));
    return arguments;
  }

  static Map<String, Object> job(
      StackConfig config, Images images, Store store, TickerGroup group) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("completionMode", "Indexed");
    spec.put("completions", group.indexes());
    spec.put("parallelism", Math.min(group.indexes(), config.get(StackSettings.PARALLELISM)));
    spec.put("backoffLimitPerIndex", MORE_ATTEMPTS);
    spec.put("podFailurePolicy", failurePolicy());
    spec.put("activeDeadlineSeconds", (int) deadline(config, group).toSeconds());
    spec.put("template", template(config, images, store, group));
    return spec;
  }

  private static Duration deadline(StackConfig config, TickerGroup group) {
    return config
        .get(StackSettings.TRAINING_DEADLINE)
        .plus(A_TICKER.multipliedBy(group.tickers().size() - 1L));
  }

  private static PodTemplateSpecArgs template(
      StackConfig config, Images images, Store store, TickerGroup group) {
    RestrictedPod pod = new RestrictedPod(App.TRAINER, config, store);
    return PodTemplateSpecArgs.builder()
        .metadata(pod.metadata(LABELS))
        .spec(
            pod.spec()
                .restartPolicy("Never")
                .containers(
                    pod.container(images, environment(images))
                        .args(arguments(config, group))
                        .build())
                .build())
        .build();
  }

  private static List<EnvVarArgs> environment(Images images) {
    return List.of(
        Variables.plain(AppPod.REPORT_VARIABLE, AppPod.REPORT_PATH),
        EnvVarArgs.builder()
            .name(AppPod.IMAGE_VARIABLE)
            .value(images.of(App.TRAINER).reference())
            .build());
  }

  /** What must exist before a pod of the trainer is created. */
  static List<Resource> needs(Images images, Store store) {
    List<Resource> needs = new ArrayList<>(store.ready());
    needs.add(images.available(App.TRAINER));
    return needs;
  }

  /**
   * The policy does not count a pod that was lost because a node was drained. It gives an index up
   * after an exit code that another attempt would have, too.
   */
  private static Map<String, Object> failurePolicy() {
    return Map.of(
        "rules",
        List.of(
            Map.of(
                "action",
                "Ignore",
                "onPodConditions",
                List.of(Map.of("type", "DisruptionTarget", "status", "True"))),
            Map.of(
                "action",
                "FailIndex",
                "onExitCodes",
                Map.of("containerName", App.TRAINER.label(), "operator", "In", "values", FINAL))));
  }
}
