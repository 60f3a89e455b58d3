package mlopsprimer.trainer.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import mlopsprimer.prices.DataFact;

/** Facts about columns that a source does not have. */
final class ColumnFacts {
  private ColumnFacts() {}

  /**
   * @param history the rows of the requested history; a fact counts them
   * @param unadjusted whether the rows have the close in place of an adjusted close
   */
  static List<DataFact> of(Collection<RawRow> history, boolean unadjusted) {
    List<DataFact> facts = new ArrayList<>();
    if (unadjusted) {
      facts.add(
          new DataFact(
              "no-adjusted-close",
              history.size(),
              List.of(),
              "the file has no adjusted close, so its close is taken as adjusted for splits and dividends"));
    }
    if (history.stream().noneMatch(RawRow::hasVolume)) {
      facts.add(
          new DataFact(
              "no-volume",
              history.size(),
              List.of(),
              "no row has a volume, so every volume is taken as 0 and says nothing about the forecast"));
    }
    return facts;
  }
}
