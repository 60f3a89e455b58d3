package mlopsprimer.nodeprovider.rollout;

import java.time.Duration;

/**
 * A reason why a rollout cannot become complete.
 *
 * @param subject the pod and its part that has the fault; the same fault has the same subject in
 *     every snapshot
 * @param grace longest time for which the fault may last, because some faults disappear
 * @param message what is wrong, the facts, and what to do
 */
public record Fault(String subject, Duration grace, String message) {}
