package mlopsprimer.contract;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The only definition of one setting. The command line, the environment variables and Pulumi's
 * configuration follow from this definition, or a test compares them with it.
 *
 * @param name words in lower case with hyphens between them, such as max-depth or s3-region
 * @param variable name of the environment variable
 * @param defaultText text of the value that is used if the user gives none
 * @param description whole sentences for the user, without the default
 */
public record Setting<T>(
    String name, String variable, Format<T> format, String defaultText, String description) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*");
  private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");
  private static final int LONGEST_QUOTE = 60;

  /**
   * @throws IllegalArgumentException if the name has another form, or the default is not valid
   */
  public Setting {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "not a name of a setting: " + name + "; use a name like max-depth");
    }
    if (!VARIABLE.matcher(variable).matches()) {
      throw new IllegalArgumentException(
          "not a name of an environment variable: " + variable + "; use a name like MAX_DEPTH");
    }
    Objects.requireNonNull(format.parse().apply(defaultText), "default of " + name);
  }

  /** A setting whose environment variable follows from its name: MAX_DEPTH for max-depth. */
  public Setting(String name, Format<T> format, String defaultText, String description) {
    this(name, name.replace('-', '_').toUpperCase(Locale.ROOT), format, defaultText, description);
  }

  /** The name on a command line: --max-depth. */
  public String flag() {
    return "--" + name;
  }

  /** The name in Pulumi's configuration: maxDepth. */
  public String key() {
    return Pattern.compile("-([a-z])")
        .matcher(name)
        .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
  }

  /** The value that is used if the user gives none. */
  public T defaultValue() {
    return format.parse().apply(defaultText);
  }

  /** Whether a text is a valid value. */
  public boolean accepts(String text) {
    return read(text, key(), new Problems()).isPresent();
  }

  /** Parses a text. An invalid text gives an empty result, and its problem is recorded. */
  Optional<T> read(String text, String shownName, Problems problems) {
    try {
      return Optional.of(format.parse().apply(text.strip()));
    } catch (RuntimeException e) { // parsers in libraries throw exceptions of many types
      problems.add(
          "%s is '%s': %s is needed", shownName, Quote.of(text, LONGEST_QUOTE), format.wanted());
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
