package mlopsprimer.trainer.source;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;

/**
 * A source as settings name it.
 *
 * @param path of a csv source; null for the others
 */
public record SourceSpec(Kind kind, Path path) {
  private static final String CSV = "csv:";

  /** The sources there are. */
  public enum Kind {
    YAHOO,
    CSV,
    SAMPLE
  }

  /**
   * @throws IllegalArgumentException if there is no such source
   */
  public static SourceSpec of(String text) {
    if (text.startsWith(CSV) && text.length() > CSV.length()) {
      return new SourceSpec(Kind.CSV, Path.of(text.substring(CSV.length())));
    }
    return switch (text) {
      case "yahoo" -> new SourceSpec(Kind.YAHOO, null);
      case "sample" -> new SourceSpec(Kind.SAMPLE, null);
      default ->
          throw new IllegalArgumentException(
              "no source '%s'; use yahoo, csv:PATH or sample, or several with commas"
                  .formatted(text));
    };
  }

  public PriceSource open(URI yahooBaseUrl, Clock clock) {
    return switch (kind) {
      case YAHOO -> new YahooPriceSource(yahooBaseUrl, clock);
      case CSV -> new CsvPriceSource(path, clock);
      case SAMPLE -> new SamplePriceSource(clock);
    };
  }
}
