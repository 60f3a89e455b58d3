package mlopsprimer.store;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import mlopsprimer.json.Json;
import mlopsprimer.prices.DataSource;

/**
 * Reads and extends {@code predictions.jsonl}. A training run and a rollback append a line for the
 * forecast that is served from then on. A later training run appends a line for the outcome, and
 * another one if revised prices change the outcome. Existing lines are never changed.
 *
 * <p>A forecast and its outcome belong together if they have the same day and the same kind of
 * source: {@code yahoo}, {@code csv} or {@code sample}. The name of a file does not matter.
 */
public final class PredictionLog {
  private final Path file;

  PredictionLog(Path file) {
    this.file = file;
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
    public boolean up() {
      return outcome.equals("UP");
    }
  }

  /** A forecast and its outcome. */
  public record Realised(LoggedForecast forecast, Outcome outcome) {}

  private record Line(
      LocalDate forDate,
      LocalDate asOf,
      Double probabilityUp,
      Double baseRate,
      String version,
      DataSource dataSource,
      Instant madeAt,
      Instant closesAt,
      String outcome) {
    boolean isOutcome() {
      return outcome != null;
    }

    LoggedForecast forecast() {
      return new LoggedForecast(
          forDate, asOf, probabilityUp, baseRate, version, dataSource, madeAt, closesAt);
    }

    Outcome toOutcome() {
      return new Outcome(forDate, asOf, outcome, dataSource);
    }

    String key() {
      return asOf + " " + kind(dataSource);
    }
  }

  /** Kind of a source: its name up to the first colon, so csv for csv:FILE. */
  private static String kind(DataSource source) {
    return source.name().split(":", 2)[0];
  }

  /**
   * Lists the days with a known outcome, in the order of their first forecast. If a day has several
   * forecasts, the one that was served last before the close is listed; if it has several outcomes,
   * the last one, which comes from the newest prices. A day whose only forecasts were made after
   * the close is not listed, because such a forecast is none.
   */
  public List<Realised> realised() {
    return withOutcome().stream().filter(each -> !each.forecast().isLate()).toList();
  }

  /** Number of days with a known outcome whose only forecasts were made after the close. */
  public int late() {
    return (int) withOutcome().stream().filter(each -> each.forecast().isLate()).count();
  }

  private List<Realised> withOutcome() {
    List<Line> lines = lines();
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    lines.stream()
        .filter(Line::isOutcome)
        .forEach(line -> outcomes.put(line.key(), line.toOutcome()));
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

  private static Map<String, LoggedForecast> forecasts(List<Line> lines) {
    Map<String, LoggedForecast> forecasts = new LinkedHashMap<>();
    lines.stream()
        .filter(line -> !line.isOutcome())
        .forEach(
            line ->
                forecasts.merge(line.key(), line.forecast(), (old, next) -> old.replacedBy(next)));
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
    List<Line> lines = lines();
    Map<String, String> known = new LinkedHashMap<>();
    lines.stream().filter(Line::isOutcome).forEach(line -> known.put(line.key(), line.outcome()));
    forecasts(lines)
        .forEach(
            (key, forecast) -> {
              if (kind(forecast.dataSource()).equals(kind(dataSource))) {
                wentUp
                    .apply(forecast.asOf())
                    .map(up -> up ? "UP" : "DOWN")
                    .filter(outcome -> !outcome.equals(known.get(key)))
                    .ifPresent(
                        outcome ->
                            append(
                                new Outcome(
                                    forecast.forDate(), forecast.asOf(), outcome, dataSource)));
              }
            });
  }

  void append(LoggedForecast forecast) {
    append((Object) forecast);
  }

  private void append(Object line) {
    try {
      DurableFiles.appendLine(file, Json.line(line).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw StorageException.of("append a prediction", file, e);
    }
  }

  private List<Line> lines() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
          .lines()
          .map(PredictionLog::parse)
          .flatMap(Optional::stream)
          .toList();
    } catch (IOException e) {
      throw StorageException.of("read the predictions", file, e);
    }
  }

  /**
   * Parses a line. The result is empty if the line is incomplete, because its writer was killed.
   */
  private static Optional<Line> parse(String text) {
    try {
      Line line = Json.read(text, Line.class);
      boolean whole =
          line.asOf() != null
              && line.forDate() != null
              && line.dataSource() != null
              && (line.isOutcome() || (line.probabilityUp() != null && line.version() != null));
      return whole ? Optional.of(line) : Optional.empty();
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }
}
