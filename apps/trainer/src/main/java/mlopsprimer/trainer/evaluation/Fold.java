package mlopsprimer.trainer.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One step of the walk-forward evaluation. A forest is trained on the rows 0 to {@code trainEnd}
 * and forecasts the rows {@code from} to {@code to}; {@code trainEnd} and {@code to} are exclusive.
 * The row between the two ranges is purged: its label is the direction of the first forecast row's
 * session, which the features of the first forecast row contain.
 */
record Fold(int number, int trainEnd, int from, int to) {
  static final int COUNT = 5;
  private static final int PURGED = 1;

  /**
   * Divides the last five sixths of the rows into five folds of equal length. Each fold trains on
   * all rows before it.
   */
  static List<Fold> over(int labelled) {
    int length = labelled / (COUNT + 1);
    return IntStream.rangeClosed(1, COUNT)
        .mapToObj(
            number -> {
              int from = labelled - (COUNT + 1 - number) * length;
              return new Fold(number, from - PURGED, from, from + length);
            })
        .toList();
  }
}
