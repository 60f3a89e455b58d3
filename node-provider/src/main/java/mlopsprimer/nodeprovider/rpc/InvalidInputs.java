package mlopsprimer.nodeprovider.rpc;

import java.util.Map;

/**
 * The inputs of one resource are not valid. The exception has all problems, by name of the input.
 */
final class InvalidInputs extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Map<String, String> problems;

  InvalidInputs(Map<String, String> problems) {
    super(problems.toString());
    this.problems = Map.copyOf(problems);
  }

  Map<String, String> problems() {
    return problems;
  }
}
