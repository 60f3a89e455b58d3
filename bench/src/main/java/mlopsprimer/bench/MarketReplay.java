package mlopsprimer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.api.serving.ChosenBy;
import mlopsprimer.api.serving.ServedForecast;
import mlopsprimer.contract.Exchanges;
import mlopsprimer.contract.SettingGroup;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.Ticker;
import mlopsprimer.contract.TrainerSettings;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.infra.config.NightlySchedule;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.storage.DirectoryStorage;
import mlopsprimer.store.Forecast;
import mlopsprimer.store.LatestFeatures;
import mlopsprimer.store.ModelStore;
import mlopsprimer.store.ModelVersion;
import mlopsprimer.store.StoreWriter;
import mlopsprimer.store.TickerStore;
import mlopsprimer.trainer.source.PriceRequest;
import mlopsprimer.trainer.source.PriceSource;
import mlopsprimer.trainer.source.PriceSources;
import mlopsprimer.trainer.source.SourceSettings;

/**
 * Replays the nightly trainings of one ticker, and prints how often the API served a forecast that
 * was fresh and about a session that was not over.
 *
 * <p>Arguments: the ticker, Yahoo's name of its exchange, Yahoo's time zone, a file with a {@link
 * MarketSession} in each line, a model store with a model of the ticker, the first day and the day
 * after the last one. The prices come from {@link SimulatedYahoo} through the trainer's client, the
 * times of the trainings are those of the CronJob, the row goes through the model store, and the
 * API's class says whether the forecast is stale.
 */
public final class MarketReplay {
  private static final Duration SAMPLED = Duration.ofMinutes(30);

  /** Time from the start of the CronJob to the forecast that the API serves. */
  private static final Duration TRAINING = Duration.ofMinutes(2);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Ticker ticker;
  private final List<MarketSession> sessions;
  private final TickerStore store;
  private Instant now = Instant.EPOCH;

  private MarketReplay(Ticker ticker, List<MarketSession> sessions, TickerStore store) {
    this.ticker = ticker;
    this.sessions = sessions;
    this.store = store;
  }

  public static void main(String[] arguments) throws IOException {
    Ticker ticker = Ticker.of(arguments[0]);
    List<MarketSession> sessions =
        Files.readAllLines(Path.of(arguments[3])).stream().map(MarketSession::of).toList();
    TickerStore store = new ModelStore(new DirectoryStorage(Path.of(arguments[4]))).ticker(ticker);
    MarketReplay replay = new MarketReplay(ticker, sessions, store);
    ZoneId zone = ZoneId.of(arguments[2]);
    try (SimulatedYahoo yahoo = new SimulatedYahoo(replay.clock(), zone, arguments[1], sessions)) {
      replay.run(
          replay.source(yahoo), LocalDate.parse(arguments[5]), LocalDate.parse(arguments[6]));
    }
  }

  private PriceSource source(SimulatedYahoo yahoo) {
    SettingValues settings =
        TrainerSettings.OF_STACK.read(
            SettingGroup.Spelling.FLAG,
            SettingValues.lookupIn(List.of("--yahoo-base-url=" + yahoo.url())));
    return PriceSources.open(
        settings.get(TrainerSettings.SOURCE), new SourceSettings(settings, clock(), Map.of()));
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now;
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return Clock.fixed(now, zone);
      }
    };
  }

  private void run(PriceSource yahoo, LocalDate first, LocalDate end) {
    NightlySchedule schedule = NightlySchedule.after(Exchanges.ofSymbol(ticker), first);
    List<Instant> trainings = startsOf(schedule, first.minusDays(7), end);
    ServedForecast served = null;
    int next = 0;
    int samples = 0;
    int good = 0;
    int stale = 0;
    int overAndNotStale = 0;
    int wrongDay = 0;
    Instant last = end.atStartOfDay(ZoneOffset.UTC).toInstant();
    for (Instant at = first.atStartOfDay(ZoneOffset.UTC).toInstant();
        at.isBefore(last);
        at = at.plus(SAMPLED)) {
      while (next < trainings.size() && !at.isBefore(trainings.get(next).plus(TRAINING))) {
        now = trainings.get(next++);
        served = train(yahoo);
      }
      Optional<MarketSession> forecast = session(served.forDate());
      boolean isStale = served.isStale(at);
      boolean isOver = forecast.isEmpty() || forecast.get().isOver(at);
      samples++;
      stale += isStale ? 1 : 0;
      overAndNotStale += isOver && !isStale ? 1 : 0;
      good += !isOver && !isStale ? 1 : 0;
      wrongDay += served.forDate().equals(sessionAfter(served.asOf())) ? 0 : 1;
    }
    System.out.printf(
        Locale.ROOT,
        "%-9s %-8s %-11s %-17s %5d %6.1f %% %6.1f %% %5d %5d%n",
        ticker,
        store.latest().rows().values().iterator().next().calendar(),
        schedule.cron(),
        schedule.timeZone(),
        samples,
        100.0 * good / samples,
        100.0 * stale / samples,
        overAndNotStale,
        wrongDay);
  }

  /** What a nightly training changes in the store, and the forecast that the API then serves. */
  private ServedForecast train(PriceSource yahoo) {
    PriceSeries prices =
        yahoo
            .fetch(new PriceRequest(ticker, Period.ofYears(1), Optional.empty(), false, PATIENCE))
            .lastOf(Period.ofYears(1));
    new StoreWriter(store)
        .offerLatest(LatestFeatures.SourcedRow.of(prices, FeatureTable.of(prices).latest()));
    ModelVersion champion = store.load(store.champion().orElseThrow().version());
    return new ServedForecast(
        Forecast.of(champion, store.latest().ofSchema(champion.model().schemaId()).orElseThrow()),
        false,
        Optional.empty(),
        ChosenBy.POINTER);
  }

  private Optional<MarketSession> session(LocalDate day) {
    return sessions.stream().filter(each -> each.day().equals(day)).findFirst();
  }

  private LocalDate sessionAfter(LocalDate day) {
    return sessions.stream()
        .map(MarketSession::day)
        .filter(each -> each.isAfter(day))
        .findFirst()
        .orElseThrow();
  }

  /** The times at which a CronJob of this schedule starts: MINUTE HOUR * * DAYS. */
  private static List<Instant> startsOf(NightlySchedule schedule, LocalDate first, LocalDate last) {
    String[] fields = schedule.cron().text().split(" ", -1);
    LocalTime time = LocalTime.of(Integer.parseInt(fields[1]), Integer.parseInt(fields[0]));
    List<Instant> starts = new ArrayList<>();
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      if (selects(fields[4], day.getDayOfWeek().getValue() % 7)) {
        starts.add(day.atTime(time).atZone(ZoneId.of(schedule.timeZone())).toInstant());
      }
    }
    return starts;
  }

  private static boolean selects(String field, int weekday) {
    return field.equals("*")
        || Arrays.stream(field.split(",", -1))
            .map(part -> part.split("-", -1))
            .anyMatch(
                ends ->
                    Integer.parseInt(ends[0]) <= weekday
                        && weekday <= Integer.parseInt(ends[ends.length - 1]));
  }
}
