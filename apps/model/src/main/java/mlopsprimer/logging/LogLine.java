package mlopsprimer.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.event.KeyValuePair;

/**
 * Text of a log event: {@code event=MESSAGE key=value key="value with spaces"}. A value is quoted
 * if it is empty or holds a space, a quote or a control character. Inside the quotes a backslash
 * precedes each quote and each backslash, and a control character is written as an escape. An event
 * therefore stays on one line.
 */
public final class LogLine {
  private static final String EVENT = "event=";
  private static final Pattern BARE = Pattern.compile("[^\\s\"\\p{Cntrl}]+");

  private LogLine() {}

  /**
   * Formats an event. A message that starts with {@code event=} has this form already, and is not
   * quoted.
   */
  public static String of(ILoggingEvent event) {
    String message = event.getFormattedMessage();
    Stream<KeyValuePair> pairs =
        event.getKeyValuePairs() == null ? Stream.of() : event.getKeyValuePairs().stream();
    return Stream.concat(
            Stream.of(message.startsWith(EVENT) ? message : EVENT + value(message)),
            pairs.map(pair -> pair.key + "=" + value(String.valueOf(pair.value))))
        .collect(Collectors.joining(" "));
  }

  private static String value(String text) {
    if (BARE.matcher(text).matches()) {
      return text;
    }
    return text.codePoints().mapToObj(LogLine::escaped).collect(Collectors.joining("", "\"", "\""));
  }

  private static String escaped(int character) {
    return switch (character) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          Character.isISOControl(character)
              ? "\\u%04x".formatted(character)
              : Character.toString(character);
    };
  }
}
