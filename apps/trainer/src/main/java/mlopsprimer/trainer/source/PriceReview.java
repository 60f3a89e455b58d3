package mlopsprimer.trainer.source;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DataFact;
import mlopsprimer.prices.PriceSeries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges a price series. Prices that no model should be trained on are refused. Smaller faults are
 * logged as warnings and become facts of the series.
 */
public final class PriceReview {
  private static final Logger LOG = LoggerFactory.getLogger(PriceReview.class);

  private PriceReview() {}

  /**
   * @param series the rows of the history
   * @param acceptedMove day whose move is real although it is out of all proportion
   * @return the series with the facts that the review found
   * @throws BadDataException if no model should be trained on the series
   */
  public static PriceSeries of(PriceSeries series, Optional<LocalDate> acceptedMove) {
    List<DataFact> facts = new ArrayList<>(CompletenessChecks.review(series));
    PriceChecks.requireEnoughRows(series);
    CloseChecks.requireBothDirections(series);
    facts.addAll(CloseChecks.reportFrozenCloses(series));
    facts.addAll(CloseChecks.reportClosesOutsideTheirRange(series));
    // Another session or --accept-move confirms a price, but does not adjust it for a split.
    facts.addAll(SplitChecks.review(series));
    facts.addAll(MoveChecks.holdBackNewestMove(series, acceptedMove));
    PriceChecks.requireNoGlitch(series, acceptedMove);
    facts.addAll(MoveChecks.reportLargeMoves(series));
    facts.addAll(CloseChecks.reportAdjustments(series));
    PriceSeries reviewed = series.withFacts(facts);
    reviewed.notes().facts().forEach(fact -> warn(reviewed, fact));
    return reviewed;
  }

  /** Logs a fact as a warning. */
  public static void warn(PriceSeries series, DataFact fact) {
    LOG.atWarn()
        .addKeyValue("ticker", series.ticker())
        .addKeyValue("source", series.source())
        .addKeyValue("code", fact.code())
        .addKeyValue("count", fact.count())
        .addKeyValue("days", fact.days())
        .addKeyValue("text", fact.text())
        .log("data-quality");
  }
}
