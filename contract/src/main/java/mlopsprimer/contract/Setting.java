package mlopsprimer.contract;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One setting, stated once: the command line, the environment, Pulumi's configuration and the
 * documentation are made from it or compared with it.
 *
 * @param name words in lower case with hyphens between them: max-depth
 * @param defaultText the text that counts where none is given
 * @param description whole sentences for the user, without the default
 */
public record Setting<T>(String name, Format<T> format, String defaultText, String description) {
  private static final Pattern NAME = Pattern.compile("[a-z]+(-[a-z]+)*");
  private static final int LONGEST_QUOTE = 60;

  /**
   * @throws IllegalArgumentException if the name is not of that form, or the default is wrong
   */
  public Setting {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a name of a setting: " + name);
    }
    Objects.requireNonNull(format.parse().apply(defaultText), "default of " + name);
  }

  /** The name on a command line: --max-depth. */
  public String flag() {
    return "--" + name;
  }

  /** The name of an environment variable: MAX_DEPTH. */
  public String variable() {
    return name.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** The name in Pulumi's configuration: maxDepth. */
  public String key() {
    return Pattern.compile("-([a-z])")
        .matcher(name)
        .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
  }

  /** The value of a setting that nobody set. */
  public T defaultValue() {
    return format.parse().apply(defaultText);
  }

  /** The value that the text stands for, or an empty result after a problem was recorded. */
  Optional<T> read(String text, String shownName, Problems problems) {
    try {
      return Optional.of(format.parse().apply(text.strip()));
    } catch (RuntimeException e) { // libraries refuse a text with exceptions of many types
      problems.add("%s is '%s': %s is needed", shownName, quotable(text), format.wanted());
      return Optional.empty();
    }
  }

  /** A text that fits in one line of a terminal, whatever the user typed. */
  private static String quotable(String text) {
    String printable = text.replaceAll("[^ -~]", "?");
    return printable.length() <= LONGEST_QUOTE
        ? printable
        : printable.substring(0, LONGEST_QUOTE) + "…";
  }

  @Override
  public String toString() {
    return name;
  }
}
