package mlopsprimer.trainer;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.DataFact;
import mlopsprimer.prices.MissingSessions;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.trainer.source.PriceReview;

/**
 * Judges what is left of a price series in its feature table. A hole costs more rows than it has
 * sessions, because the features of a row read many sessions before it.
 */
final class TableReview {
  /** Fewest labelled rows. The fewest prices of a series without holes give as many. */
  static final int FEWEST_LABELS = 200;

  private final PriceSeries prices;
  private final FeatureTable table;

  private TableReview(PriceSeries prices, FeatureTable table) {
    this.prices = prices;
    this.table = table;
  }

  /**
   * Adds to the facts of the series what its holes cost: sessions without features or label, and
   * newest sessions without features.
   *
   * @throws BadDataException if fewer than {@link #FEWEST_LABELS} rows have a label
   */
  static PriceSeries of(PriceSeries prices, FeatureTable table) {
    TableReview review = new TableReview(prices, table);
    review.requireEnoughLabels();
    return review.withFacts();
  }

  private void requireEnoughLabels() {
    if (table.labelled() < FEWEST_LABELS) {
      throw new BadDataException(
          "too few sessions to train on: ticker=%s source=%s; only %s of %s sessions have features and a label, because %s sessions are missing and no return across a hole is used; needed=%s; fill the holes, or use a longer history"
              .formatted(
                  prices.ticker(),
                  prices.source(),
                  table.labelled(),
                  labelsWithoutHoles(),
                  MissingSessions.of(prices).days().size(),
                  FEWEST_LABELS));
    }
  }

  /** Number of sessions that would have features and a label if no session were missing. */
  private int labelsWithoutHoles() {
    return prices.rows().size() - table.schema().lookback() - 1;
  }

  private PriceSeries withFacts() {
    List<DataFact> facts = new ArrayList<>();
    for (DataFact fact : prices.notes().facts()) {
      facts.add(fact.code().equals(MissingSessions.FACT) ? withCost(fact) : fact);
    }
    LocalDate asOf = table.latest().asOf();
    List<LocalDate> later =
        prices.rows().stream().map(DailyPrice::day).filter(day -> day.isAfter(asOf)).toList();
    if (!later.isEmpty()) {
      facts.add(
          logged(
              DataFact.of(
                  "newest-sessions-unused",
                  later,
                  "sessions are missing shortly before the newest one, so the forecast is made as of %s"
                      .formatted(asOf))));
    }
    return prices.withNotes(prices.notes().withFacts(facts));
  }

  private DataFact withCost(DataFact fact) {
    int all = labelsWithoutHoles();
    String cost =
        "; %s of %s other sessions have no features or no label because of that"
            .formatted(all - table.labelled(), all);
    return logged(new DataFact(fact.code(), fact.count(), fact.days(), fact.text() + cost));
  }

  private DataFact logged(DataFact fact) {
    PriceReview.warn(prices, fact);
    return fact;
  }
}
