package mlopsprimer.nodeprovider.rollout;

import java.time.Duration;

/**
 * Time between two looks at a rollout, and the times after which the rollout fails.
 *
 * @param poll time between two looks
 * @param stuck time for a fault that can pass, such as a registry that does not answer
 * @param unschedulable time for a pod that no node can take
 * @param noProgress time for a rollout in which nothing changes; a pod on a tenth of a CPU needs
 *     minutes
 * @param unreachable time for an API server that does not answer
 * @param wrongAnswer time for a URL that does not answer as it should, once the rollout is complete
 */
public record RolloutLimits(
    Duration poll,
    Duration stuck,
    Duration unschedulable,
    Duration noProgress,
    Duration unreachable,
    Duration wrongAnswer) {
  public static final RolloutLimits DEFAULT =
      new RolloutLimits(
          Duration.ofMillis(500),
          Duration.ofSeconds(20),
          Duration.ofSeconds(45),
          Duration.ofMinutes(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60));
}
