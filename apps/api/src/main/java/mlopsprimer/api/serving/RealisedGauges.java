package mlopsprimer.api.serving;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Optional;
import java.util.function.Function;
import mlopsprimer.contract.Ticker;
import mlopsprimer.store.RealisedScores;

/** Gauges of the forecasts that came due, beside the base rate. */
final class RealisedGauges {
  private final MultiGauge forecasts;
  private final MultiGauge brier;
  private final MultiGauge baseRate;
  private final MultiGauge difference;
  private final MultiGauge low;
  private final MultiGauge high;

  RealisedGauges(MeterRegistry registry) {
    forecasts = gauge(registry, "forecasts", "forecasts whose outcome is known");
    brier = gauge(registry, "brier", "Brier score of the forecasts whose outcome is known");
    baseRate = gauge(registry, "brier.of.base.rate", "Brier score of the base rate on these days");
    String name = "Brier score minus that of the base rate; below 0 is better";
    difference = gauge(registry, "difference", name);
    low = gauge(registry, "difference.low", "lower end of the 95 % interval of the difference");
    high = gauge(registry, "difference.high", "upper end of the 95 % interval of the difference");
  }

  private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
    return MultiGauge.builder("primer.realised." + name)
        .description(description)
        .register(registry);
  }

  void show(Board board) {
    show(forecasts, board, scores -> (double) scores.forecasts());
    show(brier, board, RealisedScores::brier);
    show(baseRate, board, RealisedScores::brierOfBaseRate);
    show(difference, board, scores -> scores.difference().value());
    show(low, board, scores -> scores.difference().low());
    show(high, board, scores -> scores.difference().high());
  }

  /** A ticker without the figure has no line. */
  private static void show(MultiGauge gauge, Board board, Function<RealisedScores, Double> figure) {
    gauge.register(
        board.all().entrySet().stream()
            .flatMap(entry -> row(entry.getKey(), entry.getValue().realised().map(figure)).stream())
            .toList(),
        true);
  }

  private static Optional<MultiGauge.Row<?>> row(Ticker ticker, Optional<Double> value) {
    return value.map(figure -> MultiGauge.Row.of(Tags.of("ticker", ticker.symbol()), figure));
  }
}
