package mlopsprimer.nodeprovider.rollout;

import java.time.Duration;

/**
 * A reason why a rollout cannot become complete.
 *
 * @param subject the pod and the part of it that has the fault; every look at the same fault gives
 *     the same subject
 * @param grace time for which the fault may last, because some faults pass
 * @param message what is wrong, the facts, and what to do
 */
record Fault(String subject, Duration grace, String message) {}
