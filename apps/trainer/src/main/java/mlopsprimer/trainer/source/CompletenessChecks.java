package mlopsprimer.trainer.source;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.DataFact;
import mlopsprimer.prices.MissingSessions;
import mlopsprimer.prices.PriceSeries;

/** Refuses prices that are not daily or not whole, and reports smaller holes. */
final class CompletenessChecks {
  /** Smallest share of the calendar's sessions that a series must have. */
  private static final double SMALLEST_SHARE = 0.9;

  /** Usual distance of two bars, in days, from which on the bars are weekly or longer. */
  private static final long WEEKLY = 5;

  private static final int FEWEST_ROWS = 3;

  private CompletenessChecks() {}

  /**
   * @return facts about missing sessions, possible holidays and rows on closed days
   * @throws BadDataException if the bars are not daily, or less than 90 % of the sessions are there
   */
  static List<DataFact> review(PriceSeries series) {
    List<DailyPrice> rows = series.rows();
    if (rows.size() < FEWEST_ROWS) {
      return List.of();
    }
    long distance = usualDistance(rows);
    if (distance >= WEEKLY) {
      throw new BadDataException(
          "the prices are not daily: ticker=%s source=%s rows=%s usual distance=%s days from=%s to=%s; use a source with one bar a day"
              .formatted(
                  series.ticker(),
                  series.source(),
                  rows.size(),
                  distance,
                  series.firstDay(),
                  series.lastDay()));
    }
    requireMostSessions(series);
    List<DataFact> facts = new ArrayList<>();
    MissingSessions holes = MissingSessions.of(series);
    List<LocalDate> missing = holes.days();
    facts.addAll(
        DataFact.ifAny(
            MissingSessions.FACT,
            missing,
            "%s of %s sessions are missing; returns across a hole are not used"
                .formatted(missing.size(), rows.size() + missing.size())));
    List<LocalDate> assumed = holes.possibleHolidays();
    facts.addAll(
        DataFact.ifAny(
            "possible-holidays",
            assumed,
            "%s weekdays without a price count as holidays, because the calendar %s does not have the holidays of these days; if they are holes, returns across them are used"
                .formatted(assumed.size(), series.calendar().label())));
    List<LocalDate> closed =
        rows.stream().map(DailyPrice::day).filter(day -> !series.calendar().isOpen(day)).toList();
    facts.addAll(
        DataFact.ifAny(
            "rows-on-closed-days",
            closed,
            "%s rows are on days on which the market is closed, by the calendar %s"
                .formatted(closed.size(), series.calendar().label())));
    return facts;
  }

  /**
   * Refuses days that may be off by one because their bars are stamped in another time zone.
   *
   * @param stamps times of day of the bars, if they show neither the day nor the zone
   * @throws BadDataException if there are such stamps, and less than 90 % of the sessions are there
   */
  static void requireCertainDays(PriceSeries series, Set<LocalTime> stamps) {
    if (stamps.isEmpty()
        || series.rows().size() < FEWEST_ROWS
        || usualDistance(series.rows()) >= WEEKLY
        || hasMostSessions(series, missing(series))) {
      return;
    }
    throw new BadDataException(
        "the days do not fit the exchange: ticker=%s source=%s calendar=%s missing sessions=%s; the bars are stamped %s without an offset, which may be a time of another time zone, so that the day is another one. If the day is right, remove the time from the file; otherwise name the --exchange, and write the offset, such as %s+00:00 for UTC, if that does not help"
            .formatted(
                series.ticker(),
                series.source(),
                series.calendar().label(),
                missing(series).size(),
                stamps.stream().map(LocalTime::toString).collect(Collectors.joining(" and ")),
                stamps.iterator().next()));
  }

  private static void requireMostSessions(PriceSeries series) {
    List<LocalDate> missing = missing(series);
    if (!hasMostSessions(series, missing)) {
      throw new BadDataException(
          "too many sessions are missing: ticker=%s source=%s calendar=%s sessions=%s missing=%s first missing=%s last missing=%s needed=90 %%; fill the holes, use a --history without them, or name the --exchange if it is another one"
              .formatted(
                  series.ticker(),
                  series.source(),
                  series.calendar().label(),
                  series.rows().size() + missing.size(),
                  missing.size(),
                  missing.get(0),
                  missing.get(missing.size() - 1)));
    }
  }

  private static boolean hasMostSessions(PriceSeries series, List<LocalDate> missing) {
    int rows = series.rows().size();
    return rows >= SMALLEST_SHARE * (rows + missing.size());
  }

  /** Counts possible holidays too, because no exchange is closed on one weekday in ten. */
  private static List<LocalDate> missing(PriceSeries series) {
    Set<LocalDate> days =
        series.rows().stream().map(DailyPrice::day).collect(Collectors.toUnmodifiableSet());
    return series.calendar().sessionsBetween(series.firstDay(), series.lastDay()).stream()
        .filter(day -> !days.contains(day))
        .toList();
  }

  /** Median number of days between two rows. */
  private static long usualDistance(List<DailyPrice> rows) {
    LongStream distances =
        IntStream.range(1, rows.size())
            .mapToLong(i -> ChronoUnit.DAYS.between(rows.get(i - 1).day(), rows.get(i).day()));
    long[] sorted = distances.sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
