package mlopsprimer.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import mlopsprimer.json.Json;
import mlopsprimer.prices.DataSource;
import mlopsprimer.storage.Storage;
import mlopsprimer.storage.Storage.StoredObject;

/**
 * Reads and extends the log of the forecasts of a ticker. A training run and a rollback append a
 * line for the forecast that is served from then on. A later training run appends a line for the
 * outcome, and another one if revised prices change the outcome. Existing lines are never changed.
 * Two writers that append at the same time lose no line.
 *
 * <p>A forecast and its outcome belong together if they have the same day and the same kind of
 * source: {@code yahoo}, {@code csv} or {@code sample}. The name of a file does not matter.
 */
public final class PredictionLog {
  /** Largest size in bytes: the lines of two runs a day for a hundred years. The API reads none. */
  static final long LARGEST = 32L << 20;

  private final Storage storage;
  private final String key;

  PredictionLog(Storage storage, String key) {
    this.storage = storage;
    this.key = key;
  }

  /**
   * Line of a forecast.
   *
   * @param forDate session that the forecast is about
   * @param asOf last session that the forecast knew
   * @param baseRate forecast of the base rate for the same session; null if the version does not
   *     know it
   * @param version id of the version that made the forecast
   * @param closesAt close of {@code forDate}; null in lines of older programs
   */
  public record LoggedForecast(
      LocalDate forDate,
      LocalDate asOf,
      double probabilityUp,
      Double baseRate,
      String version,
      DataSource dataSource,
      Instant madeAt,
      Instant closesAt) {
    private static LoggedForecast of(PredictionLine line) {
      return new LoggedForecast(
          line.forDate(),
          line.asOf(),
          line.probabilityUp(),
          line.baseRate(),
          line.version(),
          line.dataSource(),
          line.madeAt(),
          line.closesAt());
    }

    static LoggedForecast of(Forecast forecast, Instant madeAt) {
      return new LoggedForecast(
          forecast.forDate(),
          forecast.asOf(),
          forecast.probabilityUp(),
          forecast.manifest().evaluation().baseRate(),
          forecast.version(),
          forecast.dataSource(),
          madeAt,
          forecast.closesAt());
    }

    private boolean isLate() {
      return madeAt != null && closesAt != null && !madeAt.isBefore(closesAt);
    }

    /** A forecast that was made after the close does not replace one that was made before it. */
    private LoggedForecast replacedBy(LoggedForecast next) {
      return next.isLate() && !isLate() ? this : next;
    }
  }

  /**
   * Line of an outcome: the direction of the session of {@code forDate}.
   *
   * @param outcome {@code UP} or {@code DOWN}
   */
  public record Outcome(LocalDate forDate, LocalDate asOf, String outcome, DataSource dataSource) {
    private static Outcome of(PredictionLine line) {
      return new Outcome(line.forDate(), line.asOf(), line.outcome(), line.dataSource());
    }

    public boolean up() {
      return outcome.equals("UP");
    }
  }

  /** A forecast and its outcome. */
  public record Realised(LoggedForecast forecast, Outcome outcome) {}

  /**
   * Lists the days with a known outcome, in the order of their first forecast. If a day has several
   * forecasts, the one that was served last before the close is listed; if it has several outcomes,
   * the last one, which comes from the newest prices. A day whose only forecasts were made after
   * the close is not listed, because such a forecast is none.
   */
  public List<Realised> realised() {
    return withOutcome().stream().filter(each -> !each.forecast().isLate()).toList();
  }

  /** Whether the log has a forecast of a version that knew the sessions up to {@code asOf}. */
  public boolean hasForecast(String version, LocalDate asOf) {
    return lines().stream()
        .anyMatch(
            line ->
                !line.isOutcome() && line.version().equals(version) && line.asOf().equals(asOf));
  }

  /** Number of days with a known outcome whose only forecasts were made after the close. */
  public int late() {
    return (int) withOutcome().stream().filter(each -> each.forecast().isLate()).count();
  }

  private List<Realised> withOutcome() {
    List<PredictionLine> lines = lines();
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    lines.stream()
        .filter(PredictionLine::isOutcome)
        .forEach(line -> outcomes.put(line.key(), Outcome.of(line)));
    List<Realised> realised = new ArrayList<>();
    forecasts(lines)
        .forEach(
            (key, forecast) -> {
              if (outcomes.containsKey(key)) {
                realised.add(new Realised(forecast, outcomes.get(key)));
              }
            });
    return realised;
  }

  private static Map<String, LoggedForecast> forecasts(List<PredictionLine> lines) {
    Map<String, LoggedForecast> forecasts = new LinkedHashMap<>();
    lines.stream()
        .filter(line -> !line.isOutcome())
        .forEach(
            line ->
                forecasts.merge(
                    line.key(), LoggedForecast.of(line), (old, next) -> old.replacedBy(next)));
    return forecasts;
  }

  /**
   * Appends each outcome that the log does not have yet, or that differs from the log because the
   * prices were revised.
   *
   * @param wentUp whether the session after a given day closed higher; empty if the direction is
   *     not known
   */
  void appendOutcomes(DataSource dataSource, Function<LocalDate, Optional<Boolean>> wentUp) {
    update(log -> newOutcomes(parse(log), dataSource, wentUp).stream().map(Json::line).toList());
  }

  private static List<Outcome> newOutcomes(
      List<PredictionLine> lines,
      DataSource dataSource,
      Function<LocalDate, Optional<Boolean>> wentUp) {
    Map<String, String> known = new LinkedHashMap<>();
    lines.stream()
        .filter(PredictionLine::isOutcome)
        .forEach(line -> known.put(line.key(), line.outcome()));
    List<Outcome> outcomes = new ArrayList<>();
    forecasts(lines)
        .forEach(
            (key, forecast) -> {
              if (PredictionLine.kind(forecast.dataSource())
                  .equals(PredictionLine.kind(dataSource))) {
                wentUp
                    .apply(forecast.asOf())
                    .map(up -> up ? "UP" : "DOWN")
                    .filter(outcome -> !outcome.equals(known.get(key)))
                    .ifPresent(
                        outcome ->
                            outcomes.add(
                                new Outcome(
                                    forecast.forDate(), forecast.asOf(), outcome, dataSource)));
              }
            });
    return outcomes;
  }

  /** Appends a line, unless the log has it: a storage may report a conflict although it wrote. */
  void append(LoggedForecast forecast) {
    String line = Json.line(forecast);
    update(log -> texts(log).contains(line) ? List.of() : List.of(line));
  }

  /**
   * Appends the lines of another log that this log does not have, in their order.
   *
   * @param other content of the other log
   */
  void merge(byte[] other) {
    update(
        log -> {
          Set<String> known = new HashSet<>(texts(log));
          return texts(other).stream().filter(line -> !known.contains(line)).toList();
        });
  }

  private void update(Function<byte[], List<String>> newLines) {
    new ObjectUpdate(storage, key, LARGEST)
        .apply(
            current -> {
              byte[] log = current.map(StoredObject::bytes).orElse(new byte[0]);
              List<String> lines = newLines.apply(log);
              return lines.isEmpty() ? Optional.empty() : Optional.of(extended(log, lines));
            });
  }

  /** Ends an incomplete last line, which a writer of an older program may have left. */
  private static byte[] extended(byte[] log, List<String> lines) {
    ByteArrayOutputStream extended = new ByteArrayOutputStream();
    extended.writeBytes(log);
    if (log.length > 0 && log[log.length - 1] != '\n') {
      extended.write('\n');
    }
    lines.forEach(line -> extended.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8)));
    return extended.toByteArray();
  }

  private List<PredictionLine> lines() {
    return storage.read(key, LARGEST).map(log -> parse(log.bytes())).orElse(List.of());
  }

  private static List<String> texts(byte[] log) {
    return new String(log, StandardCharsets.UTF_8).lines().toList();
  }

  private static List<PredictionLine> parse(byte[] log) {
    return texts(log).stream().map(PredictionLine::parse).flatMap(Optional::stream).toList();
  }
}
