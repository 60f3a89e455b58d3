package mlopsprimer.infra.config;

import com.google.gson.Gson;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mlopsprimer.contract.ApiSettings;
import mlopsprimer.contract.Format;
import mlopsprimer.contract.Setting;
import mlopsprimer.contract.SettingGroup;
import mlopsprimer.contract.Ticker;
import mlopsprimer.contract.TrainerSettings;

/**
 * The settings of the trainings and of the containers, and the list of all settings of the stack.
 * The module contract has the settings of the apps.
 */
public final class StackSettings {
  private static final Gson GSON = new Gson();

  public static final Setting<List<Ticker>> TICKERS =
      new Setting<>(
          "tickers",
          new Format<>(
              "a list of different Yahoo symbols, such as [\"SPY\", \"QQQ\"]",
              StackSettings::tickers,
              tickers -> GSON.toJson(tickers.stream().map(Ticker::symbol).toList())),
          "[]",
          "List of symbols that replaces the setting ticker. One training Job trains all"
              + " of them. The API serves the first symbol to requests that name no ticker.");

  public static final Setting<Integer> PARALLELISM =
      new Setting<>(
          "training-parallelism",
          Format.wholeNumber(1, 100),
          "2",
          "Largest number of training pods of a Job that run at the same time.");

  public static final Setting<Optional<Integer>> TICKERS_PER_POD =
      new Setting<>(
          "tickers-per-pod",
          new Format<>(
              "auto or a whole number from 1 to 200",
              text ->
                  text.equals("auto")
                      ? Optional.empty()
                      : Optional.of(Format.wholeNumber(1, 200).parse().apply(text)),
              number -> number.map(String::valueOf).orElse("auto")),
          "auto",
          "Largest number of symbols that a training pod trains one after the other. auto is 1 up to"
              + " ten symbols, and up to 25 for longer lists, or more, so that there are at most 100"
              + " pods.");

  public static final Setting<Optional<CronSchedule>> SCHEDULE =
      new Setting<>(
          "schedule",
          CronSchedule.FORMAT,
          "auto",
          "Times of the nightly training. auto trains each symbol after the close of its own exchange."
              + " A cron schedule, such as 30 17 * * 1-5, trains all symbols at these times.");

  public static final Setting<String> TIME_ZONE =
      new Setting<>(
          "time-zone",
          Format.of("a time zone of the tz database, such as Europe/Berlin", StackSettings::zone),
          "America/New_York",
          "Time zone of a cron schedule, by its name in the tz database. The schedule auto uses the"
              + " zone of each exchange.");

  public static final Setting<Duration> TRAINING_DEADLINE =
      new Setting<>(
          "training-deadline",
          new Format<>(
              "a number of seconds or minutes, such as 90s or 10m",
              StackSettings::duration,
              StackSettings::text),
          "10m",
          "Longest duration of a training Job with one symbol, such as 90s or 10m. Each further"
              + " symbol adds 3 seconds. If the source of prices does not answer, a symbol is tried"
              + " again up to five times in this time.");

  public static final Setting<Cpu> TRAINER_CPU =
      new Setting<>(
          "trainer-cpu",
          Cpu.FORMAT,
          "2",
          "CPU limit of the training container, in processors, such as 2 or 500m.");

  public static final Setting<Memory> TRAINER_MEMORY =
      new Setting<>(
          "trainer-memory",
          Memory.atLeast(App.TRAINER.leastMemory()),
          "512Mi",
          "Memory limit of the training container, at least %dMi. The heap grows with it."
              .formatted(App.TRAINER.leastMemory()));

  public static final Setting<Cpu> API_CPU =
      new Setting<>(
          "api-cpu",
          Cpu.FORMAT,
          "1",
          "CPU limit of each API container, in processors, such as 1 or 500m.");

  public static final Setting<Memory> API_MEMORY =
      new Setting<>(
          "api-memory",
          Memory.atLeast(App.API.leastMemory()),
          "256Mi",
          "Memory limit of each API container, at least %dMi. The heap grows with it."
              .formatted(App.API.leastMemory()));

  /** Every setting of the stack, in the order of Pulumi.yaml. */
  public static final SettingGroup ALL =
      TrainerSettings.OF_STACK
          .and(ApiSettings.OF_STACK)
          .and(
              SettingGroup.of(
                  TICKERS,
                  PARALLELISM,
                  TICKERS_PER_POD,
                  SCHEDULE,
                  TIME_ZONE,
                  TRAINING_DEADLINE,
                  TRAINER_CPU,
                  TRAINER_MEMORY,
                  API_CPU,
                  API_MEMORY))
          .and(ServiceSettings.ALL)
          .and(ImageSettings.ALL)
          .and(StoreSettings.ALL)
          .and(MlflowSettings.ALL)
          .and(ClusterSettings.ALL);

  /** The settings whose values no message repeats. */
  static final SettingGroup SECRETS = StoreSettings.SECRETS.and(MlflowSettings.SECRETS);

  private StackSettings() {}

  private static List<Ticker> tickers(String json) {
    List<Ticker> tickers =
        Arrays.stream(GSON.fromJson(json, String[].class)).map(Ticker::of).toList();
    return Ticker.distinct(tickers);
  }

  /** Refuses the SystemV zones, which Java still has and the tz database no longer has. */
  private static String zone(String name) {
    if (!ZoneId.getAvailableZoneIds().contains(name) || name.startsWith("SystemV/")) {
      throw new IllegalArgumentException("not a time zone: " + name);
    }
    return name;
  }

  private static Duration duration(String text) {
    if (!text.matches("[1-9][0-9]{0,3}[sm]")) {
      throw new IllegalArgumentException("not a duration: " + text);
    }
    return Duration.parse("PT" + text);
  }

  private static String text(Duration duration) {
    return duration.toSeconds() % 60 == 0 ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
  }
}
