package mlopsprimer.contract;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The text form of a setting's values. A value that is printed and parsed again is equal to the
 * original value.
 *
 * @param wanted description of a valid text, without a full stop at its end. Help prints "Accepted:
 *     WANTED.", and the message of a problem prints "WANTED is needed".
 * @param parse parses a text; throws an IllegalArgumentException if the text is not valid
 * @param print prints a value as a valid text
 */
public record Format<T>(String wanted, Function<String, T> parse, Function<T, String> print) {
  public static final Format<Ticker> TICKER =
      of("a Yahoo symbol such as SPY, ^GSPC, BRK-B or EURUSD=X", Ticker::of);

  /** Different tickers, or none for an empty text. */
  public static final Format<List<Ticker>> TICKERS =
      new Format<>(
          "different Yahoo symbols with commas between them, such as SPY,QQQ",
          Format::tickers,
          tickers -> tickers.stream().map(Ticker::symbol).collect(Collectors.joining(",")));

  public static final Format<Threshold> THRESHOLD =
      of("a number from 0 to 1, such as 0.5", Threshold::of);

  public static final Format<History> HISTORY =
      of("a number of years or months, such as 5y or 18m", History::of);

  public static final Format<BaseUrl> BASE_URL =
      of(
          "a URL such as https://query1.finance.yahoo.com, without user, query and fragment",
          BaseUrl::of);

  public static final Format<Boolean> YES_OR_NO =
      new Format<>("true or false", Format::yesOrNo, String::valueOf);

  public static final Format<List<SourceSpec>> SOURCES =
      new Format<>(
          "one of %s, or several of them with commas between them".formatted(SourceSpec.usages()),
          SourceSpec::listOf,
          SourceSpec::textOf);

  public static final Format<Path> PATH = of("a path that is not a URL", Format::path);

  /**
   * @throws IllegalArgumentException if neither a full stop nor "is needed" can follow the
   *     description
   */
  public Format {
    if (!wanted.matches("\\S.*[\\w\\])]")) {
      throw new IllegalArgumentException(
          "not a description that a sentence can end with: " + wanted);
    }
  }

  /** A day, or no day for an empty text. */
  public static final Format<Optional<LocalDate>> OPTIONAL_DAY =
      new Format<>(
          "a day such as 2018-12-31",
          Format::optionalDay,
          day -> day.map(LocalDate::toString).orElse(""));

  /** A day, or no day for the text none. */
  public static final Format<Optional<LocalDate>> DAY_OR_NONE =
      new Format<>(
          "none or a day such as 2018-12-31",
          text -> text.equals("none") ? Optional.empty() : Optional.of(day(text)),
          day -> day.map(LocalDate::toString).orElse("none"));

  /** The order of day, month and year, or no order for an empty text. */
  public static final Format<Optional<DateFormat>> OPTIONAL_DATE_FORMAT =
      new Format<>(
          "a date format such as dd/mm/yyyy",
          text -> text.isEmpty() ? Optional.empty() : Optional.of(new DateFormat(text)),
          format -> format.map(DateFormat::toString).orElse(""));

  /** Where a model store is. */
  public static final Format<StorageLocation> STORAGE_LOCATION =
      of(
          "a path that is not a URL, or a bucket such as s3://my-bucket/models",
          StorageLocation::of);

  /** A base URL, or none for an empty text. */
  public static final Format<Optional<BaseUrl>> OPTIONAL_BASE_URL =
      optional(
          new Format<>(
              "a URL such as https://s3.example.com:9000, without user, query and fragment",
              BaseUrl::of,
              BaseUrl::toString));

  /** A base URL, or none for the text none. */
  public static final Format<Optional<BaseUrl>> BASE_URL_OR_NONE =
      new Format<>(
          "none or a URL such as http://localhost:5000, without user, query and fragment",
          text -> text.equals("none") ? Optional.empty() : Optional.of(BaseUrl.of(text)),
          url -> url.map(BaseUrl::toString).orElse("none"));

  /** Yes or no, or neither for an empty text. */
  public static final Format<Optional<Boolean>> OPTIONAL_YES_OR_NO = optional(YES_OR_NO);

  /** An exchange of the table of exchanges, or none for the text {@code auto}. */
  public static final Format<Optional<Exchange>> EXCHANGE =
      new Format<>(
          "auto or one of %s".formatted(Exchanges.all()),
          code -> code.equals("auto") ? Optional.empty() : Optional.of(Exchanges.of(code)),
          exchange -> exchange.map(Exchange::code).orElse("auto"));

  /** A format whose empty text stands for no value. */
  private static <T> Format<Optional<T>> optional(Format<T> format) {
    return new Format<>(
        format.wanted(),
        text -> text.isEmpty() ? Optional.empty() : Optional.of(format.parse().apply(text)),
        value -> value.map(format.print()).orElse(""));
  }

  /** A format that prints a value by its method toString. */
  public static <T> Format<T> of(String wanted, Function<String, T> parse) {
    return new Format<>(wanted, parse, String::valueOf);
  }

  /** A whole number from {@code least} to {@code most}, in plain decimal digits. */
  public static Format<Integer> wholeNumber(int least, int most) {
    return of(
        "a whole number from %d to %d".formatted(least, most),
        text -> {
          // Integer.parseInt would accept +5 and digits of other scripts too.
          long number = text.matches("-?[0-9]{1,10}") ? Long.parseLong(text) : Long.MIN_VALUE;
          if (number < least || number > most) {
            throw new IllegalArgumentException("not from %d to %d".formatted(least, most));
          }
          return (int) number;
        });
  }

  /** A text that matches a regular expression. */
  public static Format<String> matching(String pattern, String wanted) {
    return of(
        wanted,
        text -> {
          if (!text.matches(pattern)) {
            throw new IllegalArgumentException("does not match " + pattern);
          }
          return text;
        });
  }

  private static List<Ticker> tickers(String text) {
    List<Ticker> tickers =
        text.isEmpty()
            ? List.of()
            : Arrays.stream(text.split(",", -1)).map(String::strip).map(Ticker::of).toList();
    return Ticker.distinct(tickers);
  }

  private static Boolean yesOrNo(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("an empty path");
    }
    if (BaseUrl.isIn(text)) {
      throw new IllegalArgumentException("a URL, which could hold a password");
    }
    return Path.of(text);
  }

  private static Optional<LocalDate> optionalDay(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(day(text));
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a day: " + text, e);
    }
  }
}
