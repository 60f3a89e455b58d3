package mlopsprimer.trainer.source;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import mlopsprimer.prices.DataFact;

/** The rows without a price from which a return can be computed. They are missing sessions. */
final class LeftOutRows {
  private final List<LocalDate> unpriced = new ArrayList<>();
  private final List<LocalDate> negative = new ArrayList<>();
  private final Set<LocalDate> withoutTrade = new HashSet<>();

  void add(RawRow row) {
    (row.isNegative() ? negative : unpriced).add(row.day());
    if (row.isWithoutTrade()) {
      withoutTrade.add(row.day());
    }
  }

  int size() {
    return unpriced.size() + negative.size();
  }

  /**
   * Days of the rows with a price of 0 or below. Unlike a day whose cells are empty, such a day is
   * not taken for a holiday.
   */
  Set<LocalDate> withoutTrade() {
    return withoutTrade;
  }

  /** Facts about the sessions whose only rows were left out. */
  List<DataFact> facts(Predicate<LocalDate> isSessionWithoutRow) {
    List<LocalDate> days = of(unpriced, isSessionWithoutRow);
    List<LocalDate> below = of(negative, isSessionWithoutRow);
    List<DataFact> facts =
        new ArrayList<>(
            DataFact.ifAny(
                "rows-left-out",
                days,
                "%s rows without a price were left out".formatted(days.size())));
    facts.addAll(
        DataFact.ifAny(
            "negative-prices",
            below,
            "%s rows with a negative price were left out, because a negative price has no return"
                .formatted(below.size())));
    return facts;
  }

  private static List<LocalDate> of(List<LocalDate> days, Predicate<LocalDate> wanted) {
    return days.stream().filter(wanted).distinct().sorted().toList();
  }
}
