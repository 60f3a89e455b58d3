package mlopsprimer.prices;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Something that a reader of a forecast should know about its prices, such as missing sessions. The
 * manifest of a version and the answer of the API list the facts.
 *
 * @param code kind of the fact, such as missing-sessions; docs/prices.md lists the kinds
 * @param count number of days or rows that the fact is about
 * @param days the first of these days, at most ten
 * @param text one sentence for people
 */
public record DataFact(String code, int count, List<LocalDate> days, String text) {
  private static final int LISTED_DAYS = 10;

  public DataFact {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(text, "text");
    days = days.stream().limit(LISTED_DAYS).toList();
  }

  /** A fact about {@code days}. */
  public static DataFact of(String code, List<LocalDate> days, String text) {
    return new DataFact(code, days.size(), days, text);
  }

  /** A fact about {@code days}; none if there are no days. */
  public static List<DataFact> ifAny(String code, List<LocalDate> days, String text) {
    return days.isEmpty() ? List.of() : List.of(of(code, days, text));
  }

  @Override
  public String toString() {
    if (days.isEmpty()) {
      return code + ": " + text;
    }
    return days.stream()
        .map(LocalDate::toString)
        .collect(
            Collectors.joining(
                ", ", code + ": " + text + " (", count > days.size() ? ", …)" : ")"));
  }
}
