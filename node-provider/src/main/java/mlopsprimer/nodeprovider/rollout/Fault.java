package mlopsprimer.nodeprovider.rollout;

import java.time.Duration;

/**
 * A reason why a rollout cannot end well.
 *
 * @param subject what has the fault; the same fault has the same subject at every look
 * @param grace how long the fault may last, in case that it mends itself
 * @param message what is wrong, the facts, and what to do
 */
record Fault(String subject, Duration grace, String message) {}
