package mlopsprimer.nodeprovider.rollout;

import java.time.Duration;

/**
 * The time between two snapshots of a rollout, and the times after which the rollout fails.
 *
 * @param poll time between two snapshots
 * @param stuck longest time of a fault that can disappear, such as a registry that does not answer
 * @param unschedulable longest time for which no node can take a pod
 * @param noProgress longest time in which nothing changes; a pod on a tenth of a CPU needs minutes
 *     to start
 * @param unreachable longest time for which the API server does not answer
 * @param wrongAnswer longest time after the rollout for which the URL does not give the expected
 *     answer
 * @param address longest time until a Service of the type LoadBalancer has an address, and until
 *     the address answers
 */
public record RolloutLimits(
    Duration poll,
    Duration stuck,
    Duration unschedulable,
    Duration noProgress,
    Duration unreachable,
    Duration wrongAnswer,
    Duration address) {
  public static final RolloutLimits DEFAULT =
      new RolloutLimits(
          Duration.ofMillis(500),
          Duration.ofSeconds(20),
          Duration.ofSeconds(45),
          Duration.ofMinutes(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5));
}
