package mlopsprimer.infra.config;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import mlopsprimer.contract.Format;

/** Formats of settings whose values are words. */
final class Word {
  static final String NONE = "none";

  private Word() {}

  /**
   * A value, or no value for the text {@code none}.
   *
   * @param wanted description of a value, without none
   */
  static <T> Format<Optional<T>> orNone(
      String wanted, Function<String, T> parse, Function<T, String> print) {
    return new Format<>(
        "none or " + wanted,
        text -> text.equals(NONE) ? Optional.empty() : Optional.of(parse.apply(text)),
        value -> value.map(print).orElse(NONE));
  }

  /** A text that matches a regular expression, or none. */
  static Format<Optional<String>> matchingOrNone(String pattern, String wanted) {
    return orNone(wanted, Format.matching(pattern, wanted).parse(), text -> text);
  }

  /** The name of an object in Kubernetes, or none. */
  static Format<Optional<String>> objectOrNone(String kind) {
    return matchingOrNone(
        "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?", "the name of a %s in Kubernetes".formatted(kind));
  }

  /** One of the constants of an enum, which prints the word. */
  static <E extends Enum<E>> Format<E> oneOf(Class<E> type) {
    E[] all = type.getEnumConstants();
    return Format.of(
        "one of [%s]"
            .formatted(Arrays.stream(all).map(E::toString).collect(Collectors.joining(", "))),
        text ->
            Arrays.stream(all)
                .filter(constant -> constant.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not one of them: " + text)));
  }
}
