package mlopsprimer.trainer.source;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import mlopsprimer.contract.Ticker;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.DataFact;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.prices.SeriesNotes;
import mlopsprimer.prices.TradingCalendar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the rows of a source and makes a series of them. The rows may be in any order,
 * incomplete or duplicate, and the last session may not have closed yet. Only the rows of the
 * history are judged: an older row that cannot be used is left out without a word. The log has the
 * numbers of rows that were left out.
 */
final class PriceRows {
  private static final Logger LOG = LoggerFactory.getLogger(PriceRows.class);

  /** Earliest day that is accepted. */
  private static final LocalDate EARLIEST = LocalDate.of(1800, 1, 1);

  /** Latest day that is accepted. */
  private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);

  /** Two rows of a day. */
  enum Repeated {
    /** The later row replaces the earlier one, as a live price replaces the price of its day. */
    LATER_WINS,
    /** The closes must be the same. */
    MUST_AGREE
  }

  private final Repeated repeated;
  private final NavigableMap<LocalDate, RawRow> byDay = new TreeMap<>();
  private final Map<LocalDate, Double> splits = new TreeMap<>();
  private final LeftOutRows leftOut = new LeftOutRows();
  private final NavigableMap<LocalDate, String> contradictions = new TreeMap<>();
  private Set<LocalTime> stamps = Set.of();
  private boolean knowsSplits;
  private boolean unadjusted;
  private int withoutDay;
  private int duplicate;
  private int unfinished;
  private boolean sorted = true;

  PriceRows(Repeated repeated) {
    this.repeated = repeated;
  }

  /**
   * Adds a row.
   *
   * @throws BadDataException if the day is before 1800 or after 2199
   */
  void add(RawRow row) {
    LocalDate day = row.day();
    if (day.isBefore(EARLIEST) || day.isAfter(LATEST)) {
      throw new BadDataException(
          "impossible day: %s; a day must lie in the years 1800 to 2199; correct the source or the file"
              .formatted(day));
    }
    if (row.isIncomplete() || row.isWithoutTrade()) {
      leftOut.add(row);
      return;
    }
    sorted &= byDay.isEmpty() || !day.isBefore(byDay.lastKey());
    RawRow before = byDay.put(day, row);
    if (before != null) {
      duplicate++;
      if (repeated == Repeated.MUST_AGREE && !sameCloses(before, row)) {
        contradictions.putIfAbsent(day, contradiction(before, row));
      }
    }
  }

  private static boolean sameCloses(RawRow one, RawRow other) {
    return one.defect().equals(other.defect())
        && String.valueOf(one.close()).equals(String.valueOf(other.close()))
        && String.valueOf(one.adjustedClose()).equals(String.valueOf(other.adjustedClose()));
  }

  private static String contradiction(RawRow one, RawRow other) {
    return "two rows of one day differ: day=%s close=%s (%s) close=%s (%s); use a file with one instrument, or with a column Ticker"
        .formatted(one.day(), one.close(), one.origin(), other.close(), other.origin());
  }

  /** Adds a split. A source that lists splits calls {@link #markSplitsKnown} too. */
  void addSplit(LocalDate day, double factor) {
    splits.put(day, factor);
  }

  /** Records that the source lists all splits. */
  void markSplitsKnown() {
    knowsSplits = true;
  }

  /**
   * Records that the source has no adjusted close, so that the rows have the close in its place.
   */
  void markUnadjusted() {
    unadjusted = true;
  }

  /** Records the times that {@link LocalStamps} found. */
  void markStamped(Set<LocalTime> times) {
    stamps = times;
  }

  /** The times of {@link LocalStamps}; empty if the days are certain. */
  Set<LocalTime> stamps() {
    return stamps;
  }

  /** Counts a row without a day. */
  void leaveOutIncomplete() {
    withoutDay++;
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

  /** Days of the rows of the requested history, in the order of time. */
  List<LocalDate> days(PriceRequest request) {
    NavigableMap<LocalDate, RawRow> known =
        request.asOf().map(day -> byDay.headMap(day, true)).orElse(byDay);
    return known.isEmpty()
        ? List.of()
        : List.copyOf(known.tailMap(firstDay(known.lastKey(), request), true).keySet());
  }

  private static LocalDate firstDay(LocalDate last, PriceRequest request) {
    return last.minus(request.history()).plusDays(1);
  }

  /**
   * Makes a series of the rows whose sessions are over at {@code now}, according to the calendar.
   *
   * @throws BadDataException if there is no such row, or a row of the history cannot be used
   */
  PriceSeries toSeries(
      PriceRequest request, DataSource source, ZoneId zone, TradingCalendar calendar, Instant now) {
    return toSeries(
        request, source, zone, calendar, day -> !calendar.closeOf(day, zone).isAfter(now));
  }

  /**
   * Makes a series of the rows whose sessions are over. Rows that are older than the requested
   * history are in the series too, if they can be used.
   *
   * @param isOver whether the session of a day is over
   * @throws BadDataException if there is no such row, or a row of the history cannot be used
   */
  PriceSeries toSeries(
      PriceRequest request,
      DataSource source,
      ZoneId zone,
      TradingCalendar calendar,
      Predicate<LocalDate> isOver) {
    NavigableMap<LocalDate, RawRow> rows = new TreeMap<>(byDay);
    request.asOf().ifPresent(day -> rows.tailMap(day, false).clear());
    int all = rows.size();
    rows.keySet().removeIf(isOver.negate());
    unfinished += all - rows.size();
    LocalDate first = rows.isEmpty() ? LATEST : firstDay(rows.lastKey(), request);
    Optional.ofNullable(contradictions.ceilingEntry(first))
        .filter(entry -> rows.containsKey(entry.getKey()))
        .ifPresent(
            entry -> {
              throw new BadDataException(entry.getValue());
            });
    List<DailyPrice> prices = new ArrayList<>(older(rows.headMap(first).values()));
    rows.tailMap(first).values().forEach(row -> prices.add(row.toPrice()));
    log(request.ticker(), source);
    List<DataFact> facts =
        new ArrayList<>(ColumnFacts.of(rows.tailMap(first).values(), unadjusted));
    facts.addAll(
        leftOut.facts(
            day ->
                !day.isBefore(first)
                    && request.asOf().filter(day::isAfter).isEmpty()
                    && !rows.containsKey(day)
                    && calendar.isOpen(day)
                    && isOver.test(day)));
    Optional<Map<LocalDate, Double>> knownSplits =
        knowsSplits ? Optional.of(splits) : Optional.empty();
    return new PriceSeries(
        request.ticker(),
        source,
        zone,
        calendar,
        prices,
        new SeriesNotes(facts, knownSplits, leftOut.withoutTrade()));
  }

  private List<DailyPrice> older(Collection<RawRow> rows) {
    List<DailyPrice> usable = new ArrayList<>();
    for (RawRow row : rows) {
      try {
        if (!contradictions.containsKey(row.day())) {
          usable.add(row.toPrice());
        }
      } catch (BadDataException e) {
        LOG.atDebug().addKeyValue("cause", e.getMessage()).log("older-row-unusable");
      }
    }
    return usable;
  }

  private void log(Ticker ticker, DataSource source) {
    int incomplete = leftOut.size() + withoutDay;
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
  }
}
