package mlopsprimer.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A class of tests that runs after the others of every run, and is skipped if the time for a run is
 * over. The environment variable E2E_UNTIL is that time, in seconds since 1970. Without the
 * variable, the class always runs. {@code e2e/run.sh} prints the names of the classes that were
 * skipped.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Order(Integer.MAX_VALUE - 2)
@ExtendWith(IfTimeIsLeft.Clock.class)
@interface IfTimeIsLeft {
  /** Compares the time when the class would start. */
  final class Clock implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context.getTestMethod().isEmpty() && isOver()
          ? ConditionEvaluationResult.disabled("no time is left")
          : ConditionEvaluationResult.enabled("time is left");
    }

    /** Whether the time for a run is over. */
    static boolean isOver() {
      return isAfter("E2E_UNTIL");
    }

    /** Whether the time that an environment variable names is over. */
    static boolean isAfter(String variable) {
      return Optional.ofNullable(System.getenv(variable))
          .filter(until -> Instant.now().getEpochSecond() > Long.parseLong(until))
          .isPresent();
    }
  }
}
