package mlopsprimer.trainer.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import mlopsprimer.prices.BadDataException;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The lines of a file with separated columns. The first line that is not empty shows which
 * character separates the columns: a comma, a semicolon, a tab or a vertical bar.
 */
final class CsvLines implements AutoCloseable {
  private static final List<Character> SEPARATORS = List.of('\t', ';', '|', ',');
  private static final int LONGEST_HEADER = 1 << 16;

  /**
   * A line.
   *
   * @param number number of the line as an editor counts it
   */
  record Line(long number, List<String> cells) {}

  private final String name;
  private final char separator;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;

  private CsvLines(String name, char separator, CSVParser parser) {
    this.name = name;
    this.separator = separator;
    this.parser = parser;
    this.records = parser.iterator();
  }

  /**
   * @param name name of the file, for messages
   * @throws BadDataException if the header is not text in UTF-8
   */
  static CsvLines open(Reader text, String name) throws IOException {
    BufferedReader buffered = new BufferedReader(text, LONGEST_HEADER);
    String header = header(buffered);
    if (header.indexOf('\0') >= 0) { // UTF-16 has a zero byte in each letter of a header
      throw new BadDataException(
          "not text in UTF-8: path=%s; if it is a text file, such as Excel's Unicode text, save it as UTF-8; if it is a spreadsheet, save it as CSV; if it is compressed, let its name end with .gz"
              .formatted(name));
    }
    char separator = separator(header);
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(separator)
            .setTrim(true)
            .setIgnoreEmptyLines(true)
            .get();
    return new CsvLines(name, separator, format.parse(buffered));
  }

  /** The first line that is not blank, with the blank lines before it. */
  private static String header(BufferedReader text) throws IOException {
    text.mark(LONGEST_HEADER);
    StringBuilder header = new StringBuilder();
    for (int c = text.read(); c >= 0 && header.length() < LONGEST_HEADER - 1; c = text.read()) {
      if (c != '\n' && c != '\r') {
        header.append((char) c);
      } else if (!header.toString().isBlank()) {
        break;
      }
    }
    text.reset();
    return header.toString();
  }

  /** The separator that the header has most often; a comma if it has none. */
  private static char separator(String header) {
    char best = ',';
    long most = 0;
    for (char candidate : SEPARATORS) {
      long count = header.chars().filter(c -> c == candidate).count();
      if (count > most) {
        best = candidate;
        most = count;
      }
    }
    return best;
  }

  boolean isSeparatedByCommas() {
    return separator == ',';
  }

  /**
   * The next line; null after the last one.
   *
   * @throws BadDataException if the text is not CSV
   */
  Line next() throws IOException {
    try {
      if (!records.hasNext()) {
        return null;
      }
      CSVRecord record = records.next();
      return new Line(parser.getCurrentLineNumber(), record.toList());
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CSVException cause) {
        throw new BadDataException(
            "not a CSV file: path=%s cause=%s; correct the quotes in the file, or use another file"
                .formatted(name, cause.getMessage()),
            cause);
      }
      throw e.getCause();
    }
  }

  /** The next lines, at most {@code count}. */
  List<Line> next(int count) throws IOException {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Line line = next();
      if (line == null) {
        break;
      }
      lines.add(line);
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
