package mlopsprimer.trainer.source;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import mlopsprimer.contract.Ticker;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.prices.TradingCalendar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the rows of a source and makes a series of them. The rows may be in any order,
 * incomplete or duplicate, and the last session may not have closed yet. The log has the numbers of
 * rows that were left out.
 */
final class PriceRows {
  private static final Logger LOG = LoggerFactory.getLogger(PriceRows.class);

  /** Earliest day that is accepted. */
  private static final LocalDate EARLIEST = LocalDate.of(1800, 1, 1);

  /** Latest day that is accepted. */
  private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);

  private final NavigableMap<LocalDate, DailyPrice> byDay = new TreeMap<>();
  private int incomplete;
  private int duplicate;
  private int unfinished;
  private boolean sorted = true;

  /**
   * Adds a row. A row without a price is counted and left out. A second row of the same day
   * replaces the first one. A missing volume is 0.
   *
   * @throws BadDataException if a price is not positive, or the day is before 1800 or after 2199
   */
  void add(
      LocalDate day,
      Double open,
      Double high,
      Double low,
      Double close,
      Double adjustedClose,
      Double volume) {
    if (day.isBefore(EARLIEST) || day.isAfter(LATEST)) {
      throw new BadDataException(
          "impossible day: %s; a day must lie in the years 1800 to 2199; correct the source or the file"
              .formatted(day));
    }
    if (isMissing(open)
        || isMissing(high)
        || isMissing(low)
        || isMissing(close)
        || isMissing(adjustedClose)) {
      incomplete++;
      return;
    }
    sorted &= byDay.isEmpty() || !day.isBefore(byDay.lastKey());
    DailyPrice row =
        new DailyPrice(day, open, high, low, close, adjustedClose, isMissing(volume) ? 0 : volume);
    if (byDay.put(day, row) != null) {
      duplicate++;
    }
  }

  /** Counts a row without a day. */
  void leaveOutIncomplete() {
    incomplete++;
  }

  /** Counts a row whose session has not closed. */
  void leaveOutUnfinished() {
    unfinished++;
  }

  /**
   * Records that the rows of the source were not in the order of time. A caller that sorts the rows
   * before adding them calls this method.
   */
  void markUnsorted() {
    sorted = false;
  }

  private static boolean isMissing(Double value) {
    return value == null || value.isNaN();
  }

  /** Calendar that fits the days of the rows. */
  TradingCalendar calendar() {
    return TradingCalendar.ofDays(List.copyOf(byDay.keySet()));
  }

  /**
   * Makes a series of the rows whose sessions had closed at {@code now}.
   *
   * @throws BadDataException if there is no such row
   */
  PriceSeries toSeries(Ticker ticker, DataSource source, ZoneId zone, Instant now) {
    List<DailyPrice> rows = new ArrayList<>(byDay.values());
    TradingCalendar calendar = calendar();
    int all = rows.size();
    rows.removeIf(row -> calendar.closeOf(row.day(), zone).isAfter(now));
    unfinished += all - rows.size();
    if (incomplete + duplicate + unfinished > 0 || !sorted) {
      LOG.atInfo()
          .addKeyValue("ticker", ticker)
          .addKeyValue("source", source)
          .addKeyValue("incomplete", incomplete)
          .addKeyValue("duplicate", duplicate)
          .addKeyValue("unfinished", unfinished)
          .addKeyValue("sorted", sorted)
          .log("rows-cleaned");
    }
    return new PriceSeries(ticker, source, zone, calendar, rows);
  }
}
