package mlopsprimer.trainer.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One step of the walk-forward: train on rows 0 to {@code trainEnd}, forecast rows {@code from} to
 * {@code to}; ends are exclusive. The row between the two is purged, for its label is the direction
 * of the first session that the forecast's features know.
 */
record Fold(int number, int trainEnd, int from, int to) {
  static final int COUNT = 5;
  private static final int PURGED = 1;

  /**
   * Five folds of equal length over the last five sixths of the rows, each training on all before.
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
