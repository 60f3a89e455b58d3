package mlopsprimer.api.registry;

import java.util.Objects;

/**
 * What became of the alias of a ticker.
 *
 * @param number number of the model version that the alias names; 0 if there is no alias
 * @param served whether the alias decides what is served
 * @param problem why the version that the alias names cannot be served; empty if there is no
 *     problem, or if the champion pointer decides
 */
record AliasUse(int number, boolean served, String problem) {
  AliasUse {
    Objects.requireNonNull(problem, "problem");
  }

  boolean isProblem() {
    return !problem.isEmpty();
  }
}
