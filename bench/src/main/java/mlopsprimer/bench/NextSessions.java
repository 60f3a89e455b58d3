package mlopsprimer.bench;

import java.time.LocalDate;
import mlopsprimer.contract.Exchange;
import mlopsprimer.contract.Exchanges;
import mlopsprimer.prices.TradingCalendar;

/**
 * Prints the day that a forecast is for, and the close of that day, for each day and exchange: the
 * exchange, the day, forDate and the time of the close. Arguments: the first day and the last one.
 */
public final class NextSessions {
  private NextSessions() {}

  public static void main(String[] arguments) {
    LocalDate first = LocalDate.parse(arguments[0]);
    LocalDate last = LocalDate.parse(arguments[1]);
    StringBuilder lines = new StringBuilder();
    for (Exchange exchange : Exchanges.all()) {
      TradingCalendar calendar = TradingCalendar.of(exchange);
      first
          .datesUntil(last.plusDays(1))
          .forEach(
              day -> {
                LocalDate forDate = calendar.nextSession(day);
                lines
                    .append("%s %s %s ".formatted(exchange, day, forDate))
                    .append(calendar.closeOf(forDate, exchange.zone()))
                    .append(calendar.knows(forDate) ? "" : " unknown")
                    .append('\n');
              });
    }
    System.out.print(lines);
  }
}
