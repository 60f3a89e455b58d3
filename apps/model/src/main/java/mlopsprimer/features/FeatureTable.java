package mlopsprimer.features;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.PriceSeries;

/**
 * Feature rows of a price series, oldest first. Every row but the last has a label: whether the
 * adjusted close of the next session was above this one's. An unchanged close counts as DOWN.
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
   * @throws BadDataException if the series is not longer than the schema looks back
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

  /** How many rows have a label: all but the newest. */
  public int labelled() {
    return up.length;
  }

  /** The session after whose close row {@code i} was known. */
  public LocalDate day(int i) {
    return days.get(i);
  }

  /** The values of row {@code i}, in the schema's order; not to be written to. */
  public double[] row(int i) {
    return rows[i];
  }

  /** Whether the session after row {@code i} closed higher; {@code i} is below labelled(). */
  public boolean up(int i) {
    return up[i];
  }

  /** The share of UP among the labels of rows {@code from} (with) to {@code to} (without). */
  public double shareUp(int from, int to) {
    return (double) IntStream.range(from, to).filter(i -> up[i]).count() / (to - from);
  }

  /** The newest row, which is served and never trained on. */
  public FeatureRow latest() {
    int last = rows.length - 1;
    return FeatureRow.of(schema.id(), days.get(last), rows[last]);
  }
}
