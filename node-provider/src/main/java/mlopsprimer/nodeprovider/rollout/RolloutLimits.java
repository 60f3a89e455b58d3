package mlopsprimer.nodeprovider.rollout;

import java.time.Duration;

/**
 * How often a rollout is looked at, and how long each kind of trouble may last before it fails.
 *
 * @param poll time between two looks
 * @param stuck for a fault that can mend itself, such as an image that cannot be pulled right now
 * @param unschedulable for a pod that no node can take
 * @param noProgress for a rollout in which nothing changes; a pod on a tenth of a CPU needs minutes
 * @param unreachable for an API server that does not answer
 * @param wrongAnswer for a URL that does not answer as it should, once the rollout is complete
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
