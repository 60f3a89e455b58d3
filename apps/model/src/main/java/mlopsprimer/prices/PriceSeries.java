package mlopsprimer.prices;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;
import mlopsprimer.contract.Sha256;
import mlopsprimer.contract.Ticker;

/**
 * Daily prices of one instrument, oldest first, one row per session.
 *
 * @param source where the rows came from
 * @param zone time zone of the exchange; the rows' days are days in that zone
 * @param calendar sessions of the exchange
 * @param notes what is known about the prices besides the rows
 */
public record PriceSeries(
    Ticker ticker,
    DataSource source,
    ZoneId zone,
    TradingCalendar calendar,
    List<DailyPrice> rows,
    SeriesNotes notes) {

  /**
   * @throws BadDataException if there are no rows, or their days do not strictly increase
   */
  public PriceSeries {
    rows = List.copyOf(rows);
    if (rows.isEmpty()) {
      throw new BadDataException("no prices: ticker=%s source=%s".formatted(ticker, source));
    }
    for (int i = 1; i < rows.size(); i++) {
      LocalDate before = rows.get(i - 1).day();
      LocalDate day = rows.get(i).day();
      if (!day.isAfter(before)) {
        throw new BadDataException(
            "days out of order: %s follows %s; ticker=%s source=%s"
                .formatted(day, before, ticker, source));
      }
    }
  }

  /** A series without notes. */
  public PriceSeries(
      Ticker ticker,
      DataSource source,
      ZoneId zone,
      TradingCalendar calendar,
      List<DailyPrice> rows) {
    this(ticker, source, zone, calendar, rows, SeriesNotes.NONE);
  }

  public LocalDate firstDay() {
    return rows.get(0).day();
  }

  public LocalDate lastDay() {
    return rows.get(rows.size() - 1).day();
  }

  /** Keeps the rows up to and including {@code day}, and removes all later rows. */
  public PriceSeries upTo(LocalDate day) {
    return keep(row -> !row.day().isAfter(day), "on or before " + day);
  }

  /** Keeps the rows of the last {@code history}, counted back from the newest row. */
  public PriceSeries lastOf(Period history) {
    LocalDate after = lastDay().minus(history);
    return keep(row -> row.day().isAfter(after), "after " + after);
  }

  private PriceSeries keep(Predicate<DailyPrice> wanted, String description) {
    List<DailyPrice> kept = rows.stream().filter(wanted).toList();
    if (kept.isEmpty()) {
      throw new BadDataException(
          "no prices %s: ticker=%s source=%s has %s to %s"
              .formatted(description, ticker, source, firstDay(), lastDay()));
    }
    return withRows(kept);
  }

  /** Replaces the rows and keeps everything else, the calendar included. */
  public PriceSeries withRows(List<DailyPrice> otherRows) {
    return new PriceSeries(ticker, source, zone, calendar, otherRows, notes);
  }

  /** Adds facts about the prices. */
  public PriceSeries withFacts(List<DataFact> facts) {
    return withNotes(notes.plus(facts));
  }

  /** Replaces the notes and keeps everything else. */
  public PriceSeries withNotes(SeriesNotes others) {
    return new PriceSeries(ticker, source, zone, calendar, rows, others);
  }

  /** SHA-256 of every row, in hex. The manifest identifies the training data by this digest. */
  public String sha256() {
    ByteBuffer bytes = ByteBuffer.allocate(rows.size() * 7 * Long.BYTES);
    for (DailyPrice row : rows) {
      bytes
          .putLong(row.day().toEpochDay())
          .putDouble(row.open())
          .putDouble(row.high())
          .putDouble(row.low())
          .putDouble(row.close())
          .putDouble(row.adjustedClose())
          .putDouble(row.volume());
    }
    return Sha256.hex(bytes.array());
  }
}
