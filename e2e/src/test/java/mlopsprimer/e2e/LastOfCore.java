package mlopsprimer.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A class of tests of every run that comes after the others, and is skipped on a machine that is so
 * slow that the run would not end in time. The environment variable E2E_CORE_UNTIL is that time, in
 * seconds since 1970. Without the variable, the class always runs. {@code e2e/run.sh} prints the
 * names of the classes that were skipped.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Order(Integer.MAX_VALUE - 3)
@ExtendWith(LastOfCore.Clock.class)
@interface LastOfCore {
  /** Compares the time when the class would start. */
  final class Clock implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context.getTestMethod().isEmpty() && IfTimeIsLeft.Clock.isAfter("E2E_CORE_UNTIL")
          ? ConditionEvaluationResult.disabled("this machine is too slow")
          : ConditionEvaluationResult.enabled("time is left");
    }
  }
}
