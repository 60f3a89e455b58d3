package mlopsprimer.store;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Forecasts for one day by a model that was not trained on that day, and the outcome. All
 * probabilities are probabilities of UP.
 *
 * @param day session that the forecasts know; they are for the session after it
 * @param fold number of the fold, from 1
 * @param forest probability of the forest, before calibration
 * @param forecast calibrated probability, from a calibration on earlier folds
 * @param baseRate baseline: share of UP in the training rows of the fold
 * @param persistence baseline: share of UP in the training rows with the same last direction
 * @param up whether the next session closed higher
 */
public record OutOfFold(
    LocalDate day,
    int fold,
    double forest,
    double forecast,
    double baseRate,
    double persistence,
    boolean up) {

  /**
   * @throws IllegalArgumentException if a probability is not in [0, 1]
   */
  public OutOfFold {
    for (double probability : new double[] {forest, forecast, baseRate, persistence}) {
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException("not a probability: " + probability + " on " + day);
      }
    }
  }

  private static final String HEADER = "day,fold,forest,forecast,base_rate,persistence,outcome";

  /** The forecasts as CSV with a header, in UTF-8. */
  public static byte[] toCsv(List<OutOfFold> rows) {
    return rows.stream()
        .map(
            row ->
                "%s,%s,%s,%s,%s,%s,%s"
                    .formatted(
                        row.day,
                        row.fold,
                        row.forest,
                        row.forecast,
                        row.baseRate,
                        row.persistence,
                        row.up ? "UP" : "DOWN"))
        .collect(Collectors.joining("\n", HEADER + "\n", "\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Parses the text of {@link #toCsv}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  static List<OutOfFold> fromCsv(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw new IllegalArgumentException("the header is not " + HEADER);
    }
    return lines.stream().skip(1).map(OutOfFold::fromLine).toList();
  }

  private static OutOfFold fromLine(String line) {
    String[] cells = line.split(",", -1);
    if (cells.length != 7) {
      throw new IllegalArgumentException("the line does not have seven cells: " + line);
    }
    return new OutOfFold(
        LocalDate.parse(cells[0]),
        Integer.parseInt(cells[1]),
        Double.parseDouble(cells[2]),
        Double.parseDouble(cells[3]),
        Double.parseDouble(cells[4]),
        Double.parseDouble(cells[5]),
        isUp(cells[6]));
  }

  private static boolean isUp(String outcome) {
    return switch (outcome) {
      case "UP" -> true;
      case "DOWN" -> false;
      default ->
          throw new IllegalArgumentException("the outcome is neither UP nor DOWN: " + outcome);
    };
  }
}
