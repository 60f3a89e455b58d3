package mlopsprimer.infra.config;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mlopsprimer.contract.Exchange;
import mlopsprimer.contract.Exchanges;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.Ticker;
import mlopsprimer.contract.TrainerSettings;

/** Which tickers the training Jobs of a stack train, and when. */
public final class TrainingPlan {
  private final SettingValues values;
  private final List<Ticker> tickers;
  private final Clock clock;

  /**
   * @param values the values of all settings of the stack
   * @param tickers at least one
   * @param clock says what day it is
   */
  TrainingPlan(SettingValues values, List<Ticker> tickers, Clock clock) {
    this.values = values;
    this.tickers = List.copyOf(tickers);
    this.clock = clock;
  }

  /** The present day in the time zone of each nightly training, by time zone. */
  public Map<String, LocalDate> days() {
    return tickers.stream()
        .map(ticker -> nightly(ticker).timeZone())
        .distinct()
        .collect(
            Collectors.toMap(
                zone -> zone,
                zone -> LocalDate.now(clock.withZone(ZoneId.of(zone))),
                (a, b) -> a,
                TreeMap::new));
  }

  /** The times of a ticker's nightly training. */
  public NightlySchedule nightly(Ticker ticker) {
    return values
        .get(StackSettings.SCHEDULE)
        .map(cron -> new NightlySchedule(cron, values.get(StackSettings.TIME_ZONE)))
        .orElseGet(
            () -> {
              Exchange exchange = exchange(ticker);
              return NightlySchedule.after(
                  exchange, LocalDate.now(clock.withZone(exchange.zone())));
            });
  }

  private Exchange exchange(Ticker ticker) {
    return values.get(TrainerSettings.EXCHANGE).orElseGet(() -> Exchanges.ofSymbol(ticker));
  }

  /** All tickers, as the training Job of an update trains them. */
  public TickerGroup allTickers() {
    return group("", tickers, 1);
  }

  /**
   * The tickers of each nightly training: those of an exchange, or all tickers if the setting
   * {@code schedule} is a cron schedule.
   */
  public List<TickerGroup> nightlyGroups() {
    if (values.get(StackSettings.SCHEDULE).isPresent()) {
      return List.of(allTickers());
    }
    Map<String, List<Ticker>> groups =
        tickers.stream()
            .collect(
                Collectors.groupingBy(
                    ticker -> exchange(ticker).code().toLowerCase(Locale.ROOT).replace('/', '-'),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return groups.entrySet().stream()
        .map(entry -> group(entry.getKey(), entry.getValue(), groups.size()))
        .toList();
  }

  /**
   * @param jobs number of Jobs that may run at the same time
   */
  private TickerGroup group(String name, List<Ticker> members, int jobs) {
    int parallelism = values.get(StackSettings.PARALLELISM);
    int indexes =
        TickerGroup.indexes(members.size(), values.get(StackSettings.TICKERS_PER_POD), parallelism);
    return new TickerGroup(name, members, indexes, Math.min(indexes, parallelism) * jobs);
  }
}
