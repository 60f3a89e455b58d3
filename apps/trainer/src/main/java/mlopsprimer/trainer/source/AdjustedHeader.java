package mlopsprimer.trainer.source;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import mlopsprimer.prices.BadDataException;

/**
 * Finds the adjusted close of a file by a header that {@link PriceColumn} does not list, such as
 * {@code Adj. Close ($)}. A file with such a column must not be read as one without adjusted close.
 */
final class AdjustedHeader {
  private static final Pattern ADJUSTED_CLOSE =
      Pattern.compile("(?:adj(?:usted)?|closing|close|cls|price|last|usd|eur|gbp)+");

  /** Parts of headers of other adjusted columns, and of closes that are not adjusted. */
  private static final Pattern OTHER =
      Pattern.compile("open|high|low|vol|factor|ratio|coeff|unadj|nonadj|notadj");

  private AdjustedHeader() {}

  /**
   * The number of the column, from 0; empty if no header speaks of an adjustment.
   *
   * @param name name of the file, for messages
   * @throws BadDataException if it is not clear whether a column is the adjusted close
   */
  static Optional<Integer> find(List<String> headers, String name) {
    List<Integer> found =
        IntStream.range(0, headers.size())
            .filter(i -> letters(headers.get(i)).contains("adj"))
            .filter(i -> !OTHER.matcher(letters(headers.get(i))).find())
            .boxed()
            .toList();
    if (found.size() > 1
        || found.stream()
            .anyMatch(i -> !ADJUSTED_CLOSE.matcher(letters(headers.get(i))).matches())) {
      throw new BadDataException(
          "unclear columns: path=%s columns=%s may be the adjusted close; name the column that is adjusted for splits and dividends 'Adj Close', and remove or rename the others"
              .formatted(name, found.stream().map(headers::get).toList()));
    }
    return found.stream().findFirst();
  }

  private static String letters(String header) {
    return header.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }
}
