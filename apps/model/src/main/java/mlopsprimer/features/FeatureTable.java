package mlopsprimer.features;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.MissingSessions;
import mlopsprimer.prices.PriceSeries;

/**
 * Feature rows of a price series, oldest first. Every row except the last has a label: whether the
 * next session has a higher adjusted close. An unchanged close counts as DOWN.
 *
 * <p>A return across missing sessions is not the return of one session. So a session has no row if
 * one of its one-session returns spans a hole, or if more than a tenth of the sessions of its
 * longest window are missing, and a row before a hole has no label and is left out. The last row is
 * the newest session that has a row.
 */
public final class FeatureTable {
  /** Largest share of missing sessions in the longest window of a row. */
  private static final double LARGEST_GAPS = 0.1;

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
    int[] kept = kept(schema, series);
    double[][] rows =
        Arrays.stream(kept).mapToObj(t -> schema.rowAt(columns, t)).toArray(double[][]::new);
    boolean[] up = new boolean[rows.length - 1];
    for (int i = 0; i < up.length; i++) {
      up[i] = columns.close(kept[i] + 1) > columns.close(kept[i]);
    }
    List<LocalDate> days = Arrays.stream(kept).mapToObj(t -> series.rows().get(t).day()).toList();
    return new FeatureTable(schema, days, rows, up);
  }

  /** Numbers of the prices that get a row: those with a label, and the newest one. */
  private static int[] kept(FeatureSchema schema, PriceSeries series) {
    MissingSessions missing = MissingSessions.of(series);
    int last = series.rows().size() - 1;
    int newest =
        IntStream.rangeClosed(schema.lookback(), last)
            .filter(t -> isWhole(schema, missing, t))
            .max()
            .orElseThrow(
                () ->
                    new BadDataException(
                        "too many missing sessions for one feature row: rows=%d missing=%d ticker=%s; fill the holes, or use a longer history"
                            .formatted(last + 1, missing.days().size(), series.ticker())));
    return IntStream.rangeClosed(schema.lookback(), newest)
        .filter(t -> t == newest || (isWhole(schema, missing, t) && missing.before(t + 1) == 0))
        .toArray();
  }

  private static boolean isWhole(FeatureSchema schema, MissingSessions missing, int t) {
    boolean oneSessionReturns =
        IntStream.range(0, schema.singleReturns()).allMatch(i -> missing.before(t - i) == 0);
    int inWindow = IntStream.range(0, schema.lookback()).map(i -> missing.before(t - i)).sum();
    return oneSessionReturns && inWindow <= schema.lookback() * LARGEST_GAPS;
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
