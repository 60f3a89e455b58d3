package mlopsprimer.api.registry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.Predicate;
import mlopsprimer.contract.Ticker;

/** The gauges of the aliases. They are read from the board whenever Prometheus asks. */
final class AliasGauges implements MeterBinder {
  private final AliasBoard board;
  private MeterRegistry registry;

  AliasGauges(AliasBoard board) {
    this.board = board;
  }

  /** Is called before the threads start that call {@link #add}. */
  @Override
  public void bindTo(MeterRegistry to) {
    registry = to;
    Gauge.builder("primer.mlflow.away", board, each -> each.isAway() ? 1 : 0)
        .description("1 if MLflow does not answer now; the served versions stay")
        .register(to);
  }

  /** Shows the gauges of a ticker of the store from now on. */
  void add(Ticker ticker) {
    add(
        ticker,
        "primer.mlflow.alias.unusable",
        "1 if MLflow's alias names a version that cannot be served",
        AliasUse::isProblem);
    add(
        ticker,
        "primer.mlflow.alias.served",
        "1 if MLflow's alias names the served version and the champion pointer another one",
        AliasUse::served);
  }

  private void add(Ticker ticker, String name, String description, Predicate<AliasUse> is) {
    Gauge.builder(name, board, each -> each.use(ticker).filter(is).isPresent() ? 1 : 0)
        .description(description)
        .tag("ticker", ticker.symbol())
        .register(registry);
  }
}
