package mlopsprimer.trainer.source;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.trainer.source.CsvLines.Line;

/** Reads the cells of a file's rows as days and numbers. */
final class CsvRows {
  /** A row of Yahoo's web table that has an event in place of prices. */
  private static final Pattern EVENT =
      Pattern.compile("(?i).*\\b(dividend|distribution|capital gains?|stock splits?)");

  private static final Pattern SPLIT =
      Pattern.compile("(?i)(\\d+(?:\\.\\d+)?)[:/](\\d+(?:\\.\\d+)?)( stock splits?)?");

  /** What a file of daily prices may have in the column of the length of a bar. */
  private static final Set<String> DAILY = Set.of("", "d", "1d", "day", "daily", "1day");

  private final CsvLayout layout;
  private final String name;
  private final DayReader days;
  private final NumberStyle style;
  private final PriceRows rows = new PriceRows(PriceRows.Repeated.MUST_AGREE);
  private final Map<LocalDate, LocalTime> times = new HashMap<>();

  CsvRows(CsvLayout layout, String name, DayReader days, NumberStyle style) {
    this.layout = layout;
    this.name = name;
    this.days = days;
    this.style = style;
  }

  /**
   * @throws BadDataException if a row has no day, or the bars are shorter than a day
   */
  PriceRows read(List<Line> lines) {
    if (layout.has(PriceColumn.SPLIT)) {
      rows.markSplitsKnown();
    }
    if (!layout.has(PriceColumn.ADJUSTED_CLOSE)) {
      rows.markUnadjusted();
    }
    for (Line line : lines) {
      String origin = "path=%s line=%s".formatted(name, line.number());
      try {
        add(line.cells(), origin);
      } catch (BadDataException | IllegalArgumentException | DateTimeException e) {
        throw new BadDataException(
            "unusable row: %s cause=%s".formatted(origin, e.getMessage()), e);
      }
    }
    return rows;
  }

  private void add(List<String> cells, String origin) {
    DayReader.Stamp stamp = days.read(layout.cell(cells, PriceColumn.DATE));
    LocalDate day = stamp.day();
    List<String> others = cells.stream().skip(1).filter(cell -> !cell.isEmpty()).toList();
    if (others.size() == 1 && EVENT.matcher(others.get(0)).matches()) {
      addSplit(day, others.get(0));
      return;
    }
    requireDaily(stamp, cells);
    try {
      Double close = number(cells, PriceColumn.CLOSE);
      rows.add(
          new RawRow(
              day,
              number(cells, PriceColumn.OPEN),
              number(cells, PriceColumn.HIGH),
              number(cells, PriceColumn.LOW),
              close,
              layout.has(PriceColumn.ADJUSTED_CLOSE)
                  ? number(cells, PriceColumn.ADJUSTED_CLOSE)
                  : close,
              number(cells, PriceColumn.VOLUME),
              origin,
              ""));
      addSplit(day, layout.cell(cells, PriceColumn.SPLIT));
    } catch (IllegalArgumentException e) {
      rows.add(RawRow.unreadable(day, origin, String.valueOf(e.getMessage())));
    }
  }

  private Double number(List<String> cells, PriceColumn column) {
    return style.parse(layout.cell(cells, column));
  }

  private void addSplit(LocalDate day, String text) {
    Matcher ratio = SPLIT.matcher(text);
    double factor = 0;
    if (ratio.matches()) {
      factor = Double.parseDouble(ratio.group(1)) / Double.parseDouble(ratio.group(2));
    } else if (!EVENT.matcher(text).matches()) {
      Double number = style.parse(text);
      factor = number == null ? 0 : number;
    }
    if (factor > 0 && factor != 1 && Double.isFinite(factor)) {
      rows.addSplit(day, factor);
    }
  }

  /** Refuses two bars of one day that have different times, and a column that says so. */
  private void requireDaily(DayReader.Stamp stamp, List<String> cells) {
    String period = layout.cell(cells, PriceColumn.PERIOD);
    if (!DAILY.contains(period.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "the prices are not daily: the bar has the length '%s'; use a file with one bar a day"
              .formatted(period));
    }
    LocalTime time = stamp.time().orElse(null);
    LocalTime before = time == null ? null : times.put(stamp.day(), time);
    if (before != null && !before.equals(time)) {
      throw new IllegalArgumentException(
          "the prices are not daily: %s has bars at %s and %s; use a file with one bar a day"
              .formatted(stamp.day(), before, time));
    }
  }
}
