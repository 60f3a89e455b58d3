package mlopsprimer.features;

/**
 * One column of a feature table. The value on a day is computed from that day and the sessions
 * before it.
 *
 * @param name name of the column, such as {@code volatility_21}: the formula and the number of
 *     sessions that the formula uses; unique in a schema
 * @param lookback number of sessions before the day that the formula reads
 * @param singleReturns 1 if the value is the return of the day itself, 2 if it is the return of the
 *     session before, and so on; 0 if the value is not the return of one session
 */
record Feature(String name, int lookback, int singleReturns, Formula formula) {

  interface Formula {
    /**
     * Computes the value at row {@code t}. The formula reads only the rows {@code t - lookback} to
     * {@code t}.
     */
    double at(Columns columns, int t);
  }

  /** log(adjusted close / adjusted close {@code sessions} sessions ago). */
  static Feature logReturn(int sessions) {
    return new Feature(
        "log_return_" + sessions,
        sessions,
        sessions == 1 ? 1 : 0,
        (columns, t) -> columns.logReturn(t, sessions));
  }

  /** Log return of the session that was {@code sessions} sessions before the day. */
  static Feature laggedReturn(int sessions) {
    return new Feature(
        "lagged_return_" + sessions,
        sessions + 1,
        sessions + 1,
        (columns, t) -> columns.logReturn(t - sessions, 1));
  }

  /** Adjusted close divided by its mean over the last {@code sessions} sessions, minus 1. */
  static Feature closeToMean(int sessions) {
    return new Feature(
        "close_to_mean_" + sessions,
        sessions - 1,
        0,
        (columns, t) -> columns.close(t) / Window.mean(columns::close, t, sessions) - 1);
  }

  /** Standard deviation of the last {@code sessions} one-day log returns. */
  static Feature volatility(int sessions) {
    return new Feature(
        "volatility_" + sessions,
        sessions,
        0,
        (columns, t) -> Window.deviation(i -> columns.logReturn(i, 1), t, sessions));
  }

  /**
   * Volatility of the last {@code sessions} sessions divided by the volatility of the last {@code
   * longer} sessions. The ratio is 1 if the prices did not move.
   */
  static Feature volatilityRatio(int sessions, int longer) {
    return new Feature(
        "volatility_" + sessions + "_to_" + longer,
        longer,
        0,
        (columns, t) -> {
          double slow = Window.deviation(i -> columns.logReturn(i, 1), t, longer);
          double fast = Window.deviation(i -> columns.logReturn(i, 1), t, sessions);
          return slow == 0 ? 1 : fast / slow;
        });
  }

  /**
   * Standard score of the volume among the last {@code sessions} sessions. The score is 0 if the
   * volume is 0 or did not change.
   */
  static Feature volumeScore(int sessions) {
    return new Feature(
        "volume_score_" + sessions,
        sessions - 1,
        0,
        (columns, t) -> {
          double deviation = Window.deviation(columns::volume, t, sessions);
          return columns.volume(t) == 0 || deviation == 0
              ? 0
              : (columns.volume(t) - Window.mean(columns::volume, t, sessions)) / deviation;
        });
  }
}
