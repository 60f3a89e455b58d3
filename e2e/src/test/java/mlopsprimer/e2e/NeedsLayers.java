package mlopsprimer.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A class of tests that needs optional layers of the lab (see lab/layer.sh). The layers are up
 * while the class runs. It runs after the other classes, and is skipped if a layer is not made or
 * if the time for a run is over, as {@link IfTimeIsLeft} defines it. With E2E_LAYERS=all, {@code
 * e2e/run.sh} makes every layer first, and the class always runs. {@code e2e/run.sh} prints the
 * names of the classes that were skipped.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Order(Integer.MAX_VALUE - 1)
@ExtendWith({NeedsLayers.Made.class, Lab.class, NeedsLayers.Up.class})
@interface NeedsLayers {
  /** The names of the layers, in the order in which they start. */
  String[] value();

  /** Skips the class unless its layers are made and time is left. */
  final class Made implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (context.getTestMethod().isPresent() || "all".equals(System.getenv("E2E_LAYERS"))) {
        return ConditionEvaluationResult.enabled("the layers are made");
      }
      if (IfTimeIsLeft.Clock.isOver()) {
        return ConditionEvaluationResult.disabled("no time is left");
      }
      List<String> made = Shell.succeed("lab/layer.sh list").lines().toList();
      List<String> missing =
          layersOf(context).filter(layer -> !made.contains(layer + " made")).toList();
      return missing.isEmpty()
          ? ConditionEvaluationResult.enabled("the layers are made")
          : ConditionEvaluationResult.disabled(
              "not made: the layer " + String.join(", ", missing) + " (make lab-layers)");
    }

    static Stream<String> layersOf(ExtensionContext context) {
      return Stream.of(
          AnnotationSupport.findAnnotation(context.getRequiredTestClass(), NeedsLayers.class)
              .orElseThrow()
              .value());
    }
  }

  /** Starts the layers before the class, and removes them after it. */
  final class Up implements BeforeAllCallback, AfterAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      Made.layersOf(context)
          .forEach(
              layer ->
                  Phases.time(
                      "layer %s up".formatted(layer),
                      () -> Shell.succeed("lab/layer.sh up " + layer)));
    }

    @Override
    public void afterAll(ExtensionContext context) {
      Made.layersOf(context).forEach(layer -> Shell.succeed("lab/layer.sh down " + layer));
    }
  }
}
