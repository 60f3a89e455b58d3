package mlopsprimer.infra.config;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import mlopsprimer.contract.Exchange;

/**
 * The times of a nightly training.
 *
 * @param timeZone time zone of the schedule, by its name in the tz database
 */
public record NightlySchedule(CronSchedule cron, String timeZone) {
  /**
   * Time from the close of an exchange to the training. Yahoo's prices are up to 20 minutes late,
   * and the price of a closing auction comes later still.
   */
  private static final Duration AFTER_CLOSE = Duration.ofMinutes(90);

  /** The same for a market that never closes, and so has no closing auction. */
  private static final Duration AFTER_MIDNIGHT = Duration.ofMinutes(30);

  private static final int WEEK = 7;

  /**
   * The schedule of an exchange, after each session, in the zone of the exchange. It is that of the
   * weekdays and the close at the time of {@code today}.
   */
  public static NightlySchedule after(Exchange exchange, LocalDate today) {
    LocalDateTime time =
        exchange.usualCloseOf(today).plus(exchange.isFloating() ? AFTER_MIDNIGHT : AFTER_CLOSE);
    boolean nextDay = time.toLocalDate().isAfter(today);
    String days = days(exchange.weekdaysOf(today), nextDay ? 1 : 0);
    return new NightlySchedule(
        CronSchedule.of("%d %d * * %s".formatted(time.getMinute(), time.getHour(), days)),
        exchange.zone().getId());
  }

  /** The weekdays in the words of cron, where Sunday is 0: 1-5. */
  private static String days(Set<DayOfWeek> weekdays, int shift) {
    if (weekdays.size() == WEEK) {
      return "*";
    }
    int[] days =
        weekdays.stream().mapToInt(day -> (day.getValue() + shift) % WEEK).sorted().toArray();
    int last = days[days.length - 1];
    return last - days[0] == days.length - 1
        ? days[0] + "-" + last
        : Arrays.stream(days).mapToObj(String::valueOf).collect(Collectors.joining(","));
  }
}
