package mlopsprimer.features;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.PriceSeries;

/**
 * Feature rows of a price series, oldest first. Every row except the last has a label: whether the
 * next session has a higher adjusted close. An unchanged close counts as DOWN.
 */
public final class FeatureTable {
  private final FeatureSchema schema;
  private final List<LocalDate> days;
  private final double[][] rows;
  private final boolean[] up;

  private FeatureTable(FeatureSchema schema, List<LocalDate> days, double[][] rows, boolean[] up) {
    this.schema = schema;
    this.days = days;
    this.rows = rows;
    this.up = up;
  }

  /**
   * Computes the rows of {@link FeatureSchema#CURRENT}.
   *
   * @throws BadDataException if the series is too short for one row
   */
  public static FeatureTable of(PriceSeries series) {
    FeatureSchema schema = FeatureSchema.CURRENT;
    int first = schema.lookback();
    int sessions = series.rows().size();
    if (sessions <= first) {
      throw new BadDataException(
          "too few prices for one feature row: rows=%d needed=%d ticker=%s; use a longer history"
              .formatted(sessions, first + 1, series.ticker()));
    }
    Columns columns = new Columns(series.rows());
    double[][] rows =
        IntStream.range(first, sessions)
            .mapToObj(t -> schema.rowAt(columns, t))
            .toArray(double[][]::new);
    boolean[] up = new boolean[rows.length - 1];
    for (int i = 0; i < up.length; i++) {
      up[i] = columns.close(first + i + 1) > columns.close(first + i);
    }
    List<LocalDate> days =
        series.rows().subList(first, sessions).stream().map(DailyPrice::day).toList();
    return new FeatureTable(schema, days, rows, up);
  }

  public FeatureSchema schema() {
    return schema;
  }

  /** Number of rows with a label. All rows except the newest have a label. */
  public int labelled() {
    return up.length;
  }

  /** Session of row {@code i}. The row was known after the close of that session. */
  public LocalDate day(int i) {
    return days.get(i);
  }

  /** Values of row {@code i}, in the order of the schema. The caller must not change the array. */
  public double[] row(int i) {
    return rows[i];
  }

  /**
   * Whether the session after row {@code i} closed higher; {@code i} is less than {@link
   * #labelled}.
   */
  public boolean up(int i) {
    return up[i];
  }

  /** Share of UP among the labels of rows {@code from} (inclusive) to {@code to} (exclusive). */
  public double shareUp(int from, int to) {
    return (double) IntStream.range(from, to).filter(i -> up[i]).count() / (to - from);
  }

  /** Newest row. The forecast uses this row, and training never does. */
  public FeatureRow latest() {
    int last = rows.length - 1;
    return FeatureRow.of(schema.id(), days.get(last), rows[last]);
  }
}
