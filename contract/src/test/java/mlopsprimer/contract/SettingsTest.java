package mlopsprimer.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import mlopsprimer.contract.SettingGroup.Spelling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final int ROUNDS = 2_000;

  static Stream<SettingGroup> groups() {
    return Stream.of(TrainerSettings.ALL, ApiSettings.ALL);
  }

  @Test
  void theFlagVariableAndKeyFollowFromTheName() {
    assertThat(TrainerSettings.YAHOO_BASE_URL.flag()).isEqualTo("--yahoo-base-url");
    assertThat(TrainerSettings.YAHOO_BASE_URL.variable()).isEqualTo("YAHOO_BASE_URL");
    assertThat(TrainerSettings.YAHOO_BASE_URL.key()).isEqualTo("yahooBaseUrl");
  }

  @Test
  void aSettingCanHaveTheVariableThatOtherProgramsRead() {
    assertThat(AppSettings.MLFLOW.flag()).isEqualTo("--mlflow");
    assertThat(AppSettings.MLFLOW.variable()).isEqualTo("MLFLOW_TRACKING_URI");
    assertThat(AppSettings.MLFLOW.accepts("http://user:secret@mlflow:5000")).isFalse();
    assertThat(AppSettings.MLFLOW.accepts("sqlite:///mlflow.db")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mlflow", "MLFLOW-URI", "1ST"})
  void aVariableThatNoShellCanSetIsRefused(String variable) {
    assertThatThrownBy(() -> new Setting<>("seed", variable, Format.PATH, "x", "A path."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a name of an environment variable");
  }

  @ParameterizedTest
  @MethodSource("groups")
  void readingTheArgumentsOfTheDefaultsGivesTheDefaults(SettingGroup group) {
    SettingValues defaults = group.read(Spelling.FLAG, setting -> Optional.empty());

    assertThat(read(group, defaults.toArguments())).isEqualTo(defaults);
  }

  @ParameterizedTest
  @MethodSource("groups")
  void readingTheArgumentsOfAnyValuesGivesThoseValues(SettingGroup group)
      throws UnknownHostException {
    Random random = new Random(1);
    for (int round = 0; round < ROUNDS; round++) {
      SettingValues values = group.read(Spelling.FLAG, setting -> Optional.empty());
      for (Setting<?> setting : group.settings()) {
        values = withRandomValue(values, setting, random);
      }

      assertThat(read(group, values.toArguments())).as("%s", values).isEqualTo(values);
    }
  }

  @Test
  void aSmallThresholdIsWrittenWithoutAnExponent() {
    SettingValues values =
        ApiSettings.ALL
            .read(Spelling.FLAG, setting -> Optional.empty())
            .with(ApiSettings.THRESHOLD, Threshold.of("0.0005"));

    assertThat(values.toArguments()).contains("--threshold=0.0005");
  }

  @Test
  void everyProblemIsReportedAtOnce() {
    assertThatThrownBy(
            () ->
                TrainerSettings.ALL.read(
                    Spelling.FLAG,
                    setting ->
                        Optional.ofNullable(
                            Map.of("ticker", "../x", "trees", "0", "as-of", "soon")
                                .get(setting.name()))))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("3 problems:\n")
        .hasMessageContaining("--ticker is '../x': a Yahoo symbol such as SPY")
        .hasMessageContaining("--trees is '0': a whole number from 1 to 10000 is needed")
        .hasMessageContaining("--as-of is 'soon': a day such as 2018-12-31 is needed");
  }

  @Test
  void aProblemInAStackNamesTheKeyOfTheSetting() {
    assertThatThrownBy(
            () -> TrainerSettings.ALL.read(Spelling.KEY, setting -> Optional.of("x y\u0000")))
        .hasMessageContaining("maxDepth is 'x y?': a whole number from 0 to 64 is needed");
  }

  @Test
  void blanksAroundAValueAreIgnored() {
    assertThat(read(TrainerSettings.ALL, List.of("--ticker= spy ")).get(AppSettings.TICKER))
        .isEqualTo(Ticker.of("SPY"));
  }

  @Test
  void twoSettingsWithTheSameNameAreRefused() {
    assertThatThrownBy(() -> SettingGroup.of(TrainerSettings.SEED, TrainerSettings.SEED))
        .hasMessageContaining("two settings have the same name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a text, not a URL,", "a number.", "one of: ", ""})
  void aDescriptionOfValuesThatHelpCannotEndWithIsRefused(String wanted) {
    assertThatThrownBy(() -> Format.matching(".*", wanted))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a description");
  }

  @Test
  void everyDescriptionConsistsOfWholeSentences() {
    groups()
        .flatMap(group -> group.settings().stream())
        .forEach(
            setting -> assertThat(setting.description()).as(setting.name()).matches("[A-Z].*\\."));
  }

  private static SettingValues read(SettingGroup group, List<String> arguments) {
    return group.read(Spelling.FLAG, SettingValues.lookupIn(arguments));
  }

  @SuppressWarnings("unchecked") // the branch follows from the value's type
  private static SettingValues withRandomValue(
      SettingValues values, Setting<?> setting, Random random) throws UnknownHostException {
    Object now = values.get(setting);
    if (setting.equals(TrainerSettings.EXCHANGE)) {
      List<Exchange> exchanges = Exchanges.all();
      int choice = random.nextInt(exchanges.size() + 1);
      return values.with(
          TrainerSettings.EXCHANGE,
          choice == exchanges.size() ? Optional.empty() : Optional.of(exchanges.get(choice)));
    } else if (now instanceof Ticker) {
      return values.with((Setting<Ticker>) setting, ticker(random));
    } else if (now instanceof Threshold) {
      BigDecimal value = BigDecimal.valueOf(random.nextInt(1_000_001), random.nextInt(7) + 6);
      return values.with((Setting<Threshold>) setting, new Threshold(value));
    } else if (now instanceof History) {
      return values.with(
          (Setting<History>) setting,
          new History(1 + random.nextInt(999), oneOf(random, History.Unit.values())));
    } else if (now instanceof BaseUrl) {
      String url =
          "http://h%d.example:%d/a".formatted(random.nextInt(9), 1 + random.nextInt(65_535));
      return values.with((Setting<BaseUrl>) setting, BaseUrl.of(url));
    } else if (now instanceof CorsOrigin) {
      String[] texts = {"none", "*", "http://h.example:" + (1024 + random.nextInt(99))};
      return values.with((Setting<CorsOrigin>) setting, new CorsOrigin(oneOf(random, texts)));
    } else if (now instanceof Boolean) {
      return values.with((Setting<Boolean>) setting, random.nextBoolean());
    } else if (now instanceof StorageLocation) {
      return values.with(
          (Setting<StorageLocation>) setting,
          random.nextBoolean()
              ? new StorageLocation.Directory(Path.of("/a b/" + random.nextInt()))
              : new StorageLocation.Bucket(
                  "bucket-" + random.nextInt(99), random.nextBoolean() ? "" : "a/b.c"));
    } else if (setting.equals(AppSettings.S3_ENDPOINT)) {
      return values.with(
          AppSettings.S3_ENDPOINT,
          random.nextBoolean()
              ? Optional.of(BaseUrl.of("http://h.example:" + (1 + random.nextInt(65_535))))
              : Optional.empty());
    } else if (setting.equals(AppSettings.MLFLOW)) {
      return values.with(
          AppSettings.MLFLOW,
          random.nextBoolean()
              ? Optional.of(BaseUrl.of("https://h.example/" + random.nextInt(99)))
              : Optional.empty());
    } else if (setting.equals(AppSettings.S3_PATH_STYLE)) {
      return values.with(
          AppSettings.S3_PATH_STYLE,
          random.nextBoolean() ? Optional.of(random.nextBoolean()) : Optional.empty());
    } else if (setting.equals(AppSettings.S3_REGION)) {
      return values.with(AppSettings.S3_REGION, "region-" + random.nextInt(99));
    } else if (now instanceof InetAddress) {
      byte[] address = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(address);
      address[0] = 10; // an IPv6 address that starts with zeros may be an IPv4 address
      return values.with((Setting<InetAddress>) setting, InetAddress.getByAddress(address));
    } else if (setting.equals(TrainerSettings.DATE_FORMAT)) {
      String format = oneOf(random, new String[] {"dd/mm/yyyy", "D.M.YYYY", "yyyy-mm-dd"});
      return values.with(
          (Setting<Optional<DateFormat>>) setting,
          random.nextBoolean() ? Optional.of(new DateFormat(format)) : Optional.empty());
    } else if (now instanceof String) {
      return values.with((Setting<String>) setting, "agent/" + random.nextInt(100) + " (x; y)");
    } else if (now instanceof Optional) {
      LocalDate day = LocalDate.ofEpochDay(random.nextInt(30_000));
      return values.with(
          (Setting<Optional<LocalDate>>) setting,
          random.nextBoolean() ? Optional.of(day) : Optional.empty());
    } else if (setting.equals(TrainerSettings.TICKERS)) {
      List<Ticker> tickers =
          Stream.generate(() -> ticker(random)).limit(random.nextInt(5)).distinct().toList();
      return values.with(TrainerSettings.TICKERS, tickers);
    } else if (now instanceof List) {
      return values.with((Setting<List<SourceSpec>>) setting, sources(random));
    }
    return values.with((Setting<Integer>) setting, wholeNumber((Setting<Integer>) setting, random));
  }

  /** A random number in the setting's range. Most numbers are small, because most ranges are. */
  private static int wholeNumber(Setting<Integer> setting, Random random) {
    while (true) {
      int number = random.nextInt() >> random.nextInt(32);
      if (setting.read(String.valueOf(number), "", new Problems()).isPresent()) {
        return number;
      }
    }
  }

  private static Ticker ticker(Random random) {
    String characters = "ABCXYZ019^.=-";
    StringBuilder symbol = new StringBuilder("A");
    for (int i = random.nextInt(15); i > 0; i--) {
      symbol.append(characters.charAt(random.nextInt(characters.length())));
    }
    return Ticker.of(symbol.toString());
  }

  private static List<SourceSpec> sources(Random random) {
    List<SourceSpec> sources = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      SourceSpec.Kind kind = oneOf(random, SourceSpec.Kind.values());
      sources.add(
          new SourceSpec(kind, kind.needsFile() ? Optional.of("/a b/c=d.csv") : Optional.empty()));
    }
    return sources;
  }

  private static <T> T oneOf(Random random, T[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
