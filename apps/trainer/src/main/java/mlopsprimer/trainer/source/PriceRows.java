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
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.prices.TradingCalendar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns rows as sources give them (in any order, some empty, some twice, the last perhaps still
 * trading) into a series, and logs what it left out.
 */
final class PriceRows {
  private static final Logger LOG = LoggerFactory.getLogger(PriceRows.class);

  /** Trading began later, and calendars know of no year without four digits. */
  private static final LocalDate EARLIEST = LocalDate.of(1800, 1, 1);

  private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);

  private final NavigableMap<LocalDate, DailyPrice> byDay = new TreeMap<>();
  private int incomplete;
  private int duplicate;
  private int unfinished;
  private boolean sorted = true;

  /**
   * Adds a row. One that lacks a price is counted and left out; of two rows of one day the later
   * added stays; a missing volume is 0.
   *
   * @throws BadDataException if a price is not positive, or the day of another millennium
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
      throw new BadDataException("impossible day %s; the source needs mending".formatted(day));
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

  /** Counts a row whose session is not over. */
  void leaveOutUnfinished() {
    unfinished++;
  }

  /** Says that the source had the rows in another order than they were added in. */
  void markUnsorted() {
    sorted = false;
  }

  private static boolean isMissing(Double value) {
    return value == null || value.isNaN();
  }

  /**
   * The rows whose sessions were over at {@code now}.
   *
   * @throws BadDataException if there are none
   */
  PriceSeries toSeries(Ticker ticker, String source, ZoneId zone, Instant now) {
    List<DailyPrice> rows = new ArrayList<>(byDay.values());
    TradingCalendar calendar = TradingCalendar.of(rows);
    int all = rows.size();
    rows.removeIf(row -> calendar.closeOf(row.day(), zone).isAfter(now));
    unfinished += all - rows.size();
    if (incomplete + duplicate + unfinished > 0 || !sorted) {
      LOG.info(
          "event=rows-cleaned ticker={} source={} incomplete={} duplicate={} unfinished={} sorted={}",
          ticker,
          source,
          incomplete,
          duplicate,
          unfinished,
          sorted);
    }
    return new PriceSeries(ticker, source, zone, rows);
  }
}
