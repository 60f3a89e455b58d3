package mlopsprimer.trainer.tracking;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * An axis of probabilities that fits what is drawn, with round numbers at its ticks.
 *
 * @param first lowest tick, in steps from 0
 * @param last highest tick, in steps from 0
 * @param steps number of steps from 0 to 1
 */
record ProbabilityAxis(int first, int last, int steps) {
  private static final int MOST_INTERVALS = 8;
  private static final int[] STEPS_OF_ONE = {100, 50, 20, 10, 5};

  /** The axis with the smallest steps that has the values and at most nine ticks. */
  static ProbabilityAxis of(double lowest, double highest) {
    ProbabilityAxis axis = null;
    for (int steps : STEPS_OF_ONE) {
      int first = Math.max(0, (int) Math.floor(lowest * steps));
      int last = Math.min(steps, (int) Math.ceil(highest * steps));
      if (first == last) {
        first = Math.max(0, first - 1);
        last = Math.min(steps, last + 1);
      }
      axis = new ProbabilityAxis(first, last, steps);
      if (last - first <= MOST_INTERVALS) {
        break;
      }
    }
    return axis;
  }

  double from() {
    return first / (double) steps;
  }

  double to() {
    return last / (double) steps;
  }

  DoubleStream ticks() {
    return IntStream.rangeClosed(first, last).mapToDouble(tick -> tick / (double) steps);
  }

  /** Place of a value: 0 at the lower end, 1 at the upper end. */
  double place(double value) {
    return (value - from()) / (to() - from());
  }
}
