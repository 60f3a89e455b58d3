package mlopsprimer.trainer.source;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DataFact;
import mlopsprimer.prices.PriceSeries;

/** Refuses or reports moves of the adjusted close that are out of all proportion. */
final class MoveChecks {
  private MoveChecks() {}

  /**
   * @throws BadDataException if the newest move is out of all proportion and not accepted
   */
  static List<DataFact> holdBackNewestMove(PriceSeries series, Optional<LocalDate> accepted) {
    Returns returns = new Returns(series.rows());
    int newest = returns.size() - 1;
    if (newest < 1 || !returns.isOutOfProportion(newest)) {
      return List.of();
    }
    LocalDate day = series.lastDay();
    if (accepted.filter(day::equals).isEmpty()) {
      throw new BadDataException(
          "the newest move is held back: ticker=%s source=%s day=%s factor=%s usual move=%s %%; nothing is published until another session confirms the price, or --accept-move %s says that the move is real"
              .formatted(
                  series.ticker(),
                  series.source(),
                  day,
                  Returns.number(returns.factor(newest)),
                  Returns.number(100 * returns.usual(newest)),
                  day));
    }
    return List.of(
        DataFact.of(
            "accepted-move",
            List.of(day),
            "the newest price is %s times the price before it, and --accept-move says that this is real"
                .formatted(Returns.number(returns.factor(newest)))));
  }

  /** Reports moves out of all proportion. {@link SplitChecks} has refused those that are splits. */
  static List<DataFact> reportLargeMoves(PriceSeries series) {
    Returns returns = new Returns(series.rows());
    List<LocalDate> days = new ArrayList<>();
    List<String> factors = new ArrayList<>();
    for (int i = 1; i < returns.size() - 1; i++) {
      if (returns.isOutOfProportion(i)) {
        days.add(series.rows().get(i).day());
        factors.add(Returns.number(returns.factor(i)));
      }
    }
    String splits =
        series.notes().splits().isPresent()
            ? "the source lists no split that explains them"
            : "the source does not say whether these are splits";
    return DataFact.ifAny(
        "large-moves",
        days,
        "the adjusted close moves out of all proportion, by the factors %s; %s"
            .formatted(factors.stream().limit(10).toList(), splits));
  }
}
