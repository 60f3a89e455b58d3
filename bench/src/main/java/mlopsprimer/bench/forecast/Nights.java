package mlopsprimer.bench.forecast;

import java.io.PrintStream;
import java.time.LocalDate;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.trainer.evaluation.Promotion;

/** Counts how many good challengers of consecutive nights are refused, and plants another file. */
final class Nights {
  private static final int NIGHTS = 60;
  private static final long SEED = 42;

  private Nights() {}

  static void print(Series series, PrintStream out) {
    out.println("good challengers that were refused in 60 nights");
    for (String[] window :
        new String[][] {
          {"sp500.csv", "2018-12-31"}, {"nasdaq.csv", "2006-12-31"}, {"goog.csv", "2013-03-01"}
        }) {
      out.printf(
          "%-11s to %s: %d%n",
          window[0], window[1], refused(series.file(window[0]), LocalDate.parse(window[1])));
    }
    out.println();
    LocalDate last = LocalDate.parse("2018-12-31");
    try {
      out.println(
          Promotion.judge(
              candidate(Series.window(series.file("nasdaq.csv"), last)),
              candidate(Series.window(series.file("sp500.csv"), last)),
              SEED));
    } catch (BadDataException e) {
      out.println("the Nasdaq's prices under the S&P's name: " + e.getMessage());
    }
  }

  private static int refused(PriceSeries series, LocalDate last) {
    PriceSeries known = series.upTo(last);
    int first = known.rows().size() - NIGHTS - 1;
    Promotion.Candidate champion = onNight(known, first);
    int refused = 0;
    for (int night = 1; night <= NIGHTS; night++) {
      Promotion.Candidate challenger = onNight(known, first + night);
      if (Promotion.judge(challenger, champion, SEED).promoted()) {
        champion = challenger;
      } else {
        refused++;
      }
    }
    return refused;
  }

  private static Promotion.Candidate onNight(PriceSeries series, int row) {
    return candidate(Series.window(series, series.rows().get(row).day()));
  }

  private static Promotion.Candidate candidate(PriceSeries series) {
    return new Promotion.Candidate(
        series.source(), series.lastDay(), Evaluated.of(series).report().outOfFold());
  }
}
