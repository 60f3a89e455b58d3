package mlopsprimer.store;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

/**
 * Reads and extends {@code predictions.jsonl}. A training run appends a line for the forecast of
 * the champion. A later run appends a line for the outcome of that forecast, when the outcome is
 * known. Existing lines are never changed.
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
   * @param version id of the version that made the forecast
   */
  public record LoggedForecast(
      LocalDate forDate,
      LocalDate asOf,
      double probabilityUp,
      String version,
      DataSource dataSource,
      Instant madeAt) {
    static LoggedForecast of(Forecast forecast, Instant madeAt) {
      return new LoggedForecast(
          forecast.forDate(),
          forecast.asOf(),
          forecast.probabilityUp(),
          forecast.version(),
          forecast.dataSource(),
          madeAt);
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
      String version,
      DataSource dataSource,
      Instant madeAt,
      String outcome) {
    boolean isOutcome() {
      return outcome != null;
    }

    LoggedForecast forecast() {
      return new LoggedForecast(forDate, asOf, probabilityUp, version, dataSource, madeAt);
    }

    Outcome toOutcome() {
      return new Outcome(forDate, asOf, outcome, dataSource);
    }

    String key() {
      return asOf + " " + dataSource;
    }
  }

  /**
   * Lists the days with a known outcome, oldest first. If a day has several forecasts, the last one
   * is listed.
   */
  public List<Realised> realised() {
    Map<String, LoggedForecast> forecasts = new LinkedHashMap<>();
    List<Realised> realised = new ArrayList<>();
    for (Line line : lines()) {
      if (line.isOutcome()) {
        LoggedForecast forecast = forecasts.get(line.key());
        if (forecast != null) {
          realised.add(new Realised(forecast, line.toOutcome()));
        }
      } else {
        forecasts.put(line.key(), line.forecast());
      }
    }
    return realised;
  }

  /**
   * Appends each known outcome that the log does not have yet.
   *
   * @param wentUp whether the session after a given day closed higher; empty if the direction is
   *     not known
   */
  void appendOutcomes(DataSource dataSource, Function<LocalDate, Optional<Boolean>> wentUp) {
    Set<String> known = new HashSet<>();
    Map<String, Line> waiting = new LinkedHashMap<>();
    for (Line line : lines()) {
      if (line.isOutcome()) {
        known.add(line.key());
      } else if (line.dataSource().equals(dataSource)) {
        waiting.put(line.key(), line);
      }
    }
    waiting.keySet().removeAll(known);
    for (Line line : waiting.values()) {
      wentUp
          .apply(line.asOf())
          .ifPresent(
              up ->
                  append(new Outcome(line.forDate(), line.asOf(), up ? "UP" : "DOWN", dataSource)));
    }
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
