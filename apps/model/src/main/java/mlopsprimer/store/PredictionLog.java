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

/**
 * {@code predictions.jsonl}: a line for each forecast that a run put before the users, and later a
 * line for what happened. Lines are only ever added.
 */
public final class PredictionLog {
  private final Path file;

  PredictionLog(Path file) {
    this.file = file;
  }

  /**
   * A forecast as it was served.
   *
   * @param asOf the last session known to it
   * @param forDate the session that it speaks of
   */
  public record Forecast(
      LocalDate forDate,
      LocalDate asOf,
      double probabilityUp,
      String version,
      String dataSource,
      Instant madeAt) {}

  /** What the session of {@code forDate} turned out to be. */
  public record Outcome(LocalDate forDate, LocalDate asOf, String outcome, String dataSource) {
    public boolean up() {
      return outcome.equals("UP");
    }
  }

  /** A forecast and its outcome. */
  public record Realised(Forecast forecast, Outcome outcome) {}

  private record Line(
      LocalDate forDate,
      LocalDate asOf,
      Double probabilityUp,
      String version,
      String dataSource,
      Instant madeAt,
      String outcome) {
    boolean isOutcome() {
      return outcome != null;
    }

    Forecast forecast() {
      return new Forecast(forDate, asOf, probabilityUp, version, dataSource, madeAt);
    }

    Outcome toOutcome() {
      return new Outcome(forDate, asOf, outcome, dataSource);
    }

    String key() {
      return asOf + " " + dataSource;
    }
  }

  /** The last forecast of each day whose outcome is known, oldest first. */
  public List<Realised> realised() {
    Map<String, Forecast> forecasts = new LinkedHashMap<>();
    List<Realised> realised = new ArrayList<>();
    for (Line line : lines()) {
      if (line.isOutcome()) {
        Forecast forecast = forecasts.get(line.key());
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
   * Appends the outcomes that have become known since.
   *
   * @param wentUp whether the session after that day closed higher; empty if not known yet
   */
  void appendOutcomes(String dataSource, Function<LocalDate, Optional<Boolean>> wentUp) {
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

  void append(Forecast forecast) {
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

  /** Empty for the torn line of a writer that was killed. */
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
