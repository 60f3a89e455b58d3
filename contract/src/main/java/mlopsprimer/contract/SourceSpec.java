package mlopsprimer.contract;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A source of prices, in the form that settings have: {@code yahoo}, {@code csv:PATH} or {@code
 * sample}.
 *
 * @param argument the path of a CSV file; empty for the other sources
 */
public record SourceSpec(Kind kind, Optional<String> argument) {

  /** The kinds of sources. The trainer has one price source for each kind. */
  public enum Kind {
    /** Yahoo Finance, over the network. */
    YAHOO(false),
    /** A file of daily prices on the machine that runs the trainer. */
    CSV(true),
    /** Synthetic prices, which need no network. */
    SAMPLE(false);

    private final boolean needsFile;

    Kind(boolean needsFile) {
      this.needsFile = needsFile;
    }

    /** The name in settings: yahoo, csv, sample. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the source reads a file, which a pod does not have. */
    public boolean needsFile() {
      return needsFile;
    }

    private String usage() {
      return needsFile ? label() + ":PATH" : label();
    }
  }

  /**
   * @throws IllegalArgumentException if a source that needs a file has none or a URL, or another
   *     source has one
   */
  public SourceSpec {
    if (argument.isPresent() != kind.needsFile()
        || argument.filter(path -> path.isEmpty() || BaseUrl.isIn(path)).isPresent()) {
      throw new IllegalArgumentException("not a source: use one of " + usages());
    }
    // Path.of refuses a path with a zero byte.
    argument = argument.map(path -> Path.of(path).toString());
  }

  /**
   * Reads one source.
   *
   * @throws IllegalArgumentException if the text is not a source
   */
  public static SourceSpec of(String text) {
    int colon = text.indexOf(':');
    String label = colon < 0 ? text : text.substring(0, colon);
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.label().equals(label))
        .findFirst()
        .map(
            kind ->
                new SourceSpec(
                    kind, colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1))))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is not a source: use one of %s"
                        .formatted(Quote.withoutCredentials(text), usages())));
  }

  /**
   * Reads sources separated by commas, in the order in which they are tried.
   *
   * @throws IllegalArgumentException if one of the texts is not a source
   */
  public static List<SourceSpec> listOf(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).map(SourceSpec::of).toList();
  }

  /** The text that {@link #listOf} reads back. */
  public static String textOf(List<SourceSpec> sources) {
    return sources.stream().map(SourceSpec::toString).collect(Collectors.joining(","));
  }

  /** The form of each kind of source in settings: yahoo, csv:PATH, sample. */
  public static String usages() {
    return Arrays.stream(Kind.values()).map(Kind::usage).collect(Collectors.joining(", "));
  }

  /** The text that {@link #of} reads back: csv:prices.csv. */
  @Override
  public String toString() {
    return argument.map(path -> kind.label() + ":" + path).orElse(kind.label());
  }
}
