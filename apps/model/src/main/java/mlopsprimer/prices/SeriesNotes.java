package mlopsprimer.prices;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known about a price series besides its rows.
 *
 * @param facts what a reader of a forecast should know about the prices
 * @param splits factor of each split by its day, such as 4 for four new shares in place of one;
 *     empty if the source does not list splits
 * @param unpriced days of rows that were left out because their price is 0 or negative; {@link
 *     MissingSessions} does not take them for holidays
 */
public record SeriesNotes(
    List<DataFact> facts, Optional<Map<LocalDate, Double>> splits, Set<LocalDate> unpriced) {
  public static final SeriesNotes NONE = new SeriesNotes(List.of(), Optional.empty());

  public SeriesNotes {
    facts = List.copyOf(facts);
    splits = splits.map(Map::copyOf);
    unpriced = Set.copyOf(unpriced);
  }

  /** Notes without unpriced days. */
  public SeriesNotes(List<DataFact> facts, Optional<Map<LocalDate, Double>> splits) {
    this(facts, splits, Set.of());
  }

  /** Adds facts at the end. */
  public SeriesNotes plus(List<DataFact> more) {
    List<DataFact> all = new ArrayList<>(facts);
    all.addAll(more);
    return withFacts(all);
  }

  /** Replaces the facts and keeps everything else. */
  public SeriesNotes withFacts(List<DataFact> others) {
    return new SeriesNotes(others, splits, unpriced);
  }
}
