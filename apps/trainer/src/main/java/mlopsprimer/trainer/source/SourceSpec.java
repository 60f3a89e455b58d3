package mlopsprimer.trainer.source;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A price source as the settings name it: {@code yahoo}, {@code csv:PATH} or {@code sample}.
 *
 * @param argument text after the colon; empty if the source takes no argument
 */
public record SourceSpec(Kind kind, Optional<String> argument) {

  /** Names of all price sources. */
  public enum Kind {
    YAHOO,
    CSV,
    SAMPLE;

    /** Name of the source in settings, without an argument. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Parses the name of a source and its argument.
   *
   * @throws IllegalArgumentException if no source has that name, or the path is not a path
   */
  public static SourceSpec of(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    Optional<String> argument =
        colon < 0
            ? Optional.empty()
            : Optional.of(Path.of(text.substring(colon + 1)).toString()); // refuses \0
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(each -> each.label().equals(name))
            .filter(each -> takesArgument(each) == argument.filter(a -> !a.isEmpty()).isPresent())
            .filter(each -> takesArgument(each) || colon < 0)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no source '%s'; use yahoo, csv:PATH or sample, or several with commas"
                            .formatted(text)));
    return new SourceSpec(kind, argument);
  }

  private static boolean takesArgument(Kind kind) {
    return kind == Kind.CSV;
  }
}
