package mlopsprimer.store;

import com.google.gson.JsonParseException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import mlopsprimer.json.Json;
import mlopsprimer.prices.DataSource;

/** A line of the prediction log: a forecast, or an outcome if {@code outcome} is not null. */
record PredictionLine(
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

  String key() {
    return asOf + " " + kind(dataSource);
  }

  /** Kind of a source: its name up to the first colon, so csv for csv:FILE. */
  static String kind(DataSource source) {
    return source.name().split(":", 2)[0];
  }

  /**
   * Parses a line. The result is empty if the line is incomplete, because its writer was killed.
   */
  static Optional<PredictionLine> parse(String text) {
    try {
      PredictionLine line = Json.read(text, PredictionLine.class);
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
