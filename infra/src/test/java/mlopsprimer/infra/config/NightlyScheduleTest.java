package mlopsprimer.infra.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import mlopsprimer.contract.Exchanges;
import mlopsprimer.contract.Ticker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NightlyScheduleTest {
  private static final Context CONTEXT = Context.withTwoNodes();
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

  @ParameterizedTest
  @CsvSource({
    "XNYS, 30 17 * * 1-5, America/New_York",
    "XLON, 0 18 * * 1-5, Europe/London",
    "XETR, 0 19 * * 1-5, Europe/Berlin",
    "XFRA, 30 23 * * 1-5, Europe/Berlin",
    "XTKS, 0 17 * * 1-5, Asia/Tokyo",
    "XSAU, 30 16 * * 0-4, Asia/Riyadh",
    "XTAE, 45 18 * * 1-5, Asia/Tel_Aviv",
    "24/5, 30 0 * * 2-6, Europe/London",
    "24/7, 30 0 * * *, UTC",
    "weekdays, 30 0 * * 2-6, America/New_York"
  })
  void anExchangeIsTrainedAfterItsCloseInItsZone(String code, String cron, String zone) {
    NightlySchedule schedule = NightlySchedule.after(Exchanges.of(code), TODAY);

    assertThat(schedule.cron()).hasToString(cron);
    assertThat(schedule.timeZone()).isEqualTo(zone);
  }

  @Test
  void telAvivWasTrainedFromSundayToThursdayBefore2026() {
    assertThat(NightlySchedule.after(Exchanges.of("XTAE"), LocalDate.of(2025, 11, 25)).cron())
        .hasToString("45 18 * * 0-4");
  }

  @Test
  void autoTrainsEachTickerAfterTheCloseOfItsOwnExchange() {
    StackConfig config = CONTEXT.config(Map.of("tickers", "[\"SPY\",\"VOD.L\",\"BTC-USD\"]"));

    assertThat(
            config.tickers().stream().map(ticker -> config.trainings().nightly(ticker).timeZone()))
        .containsExactly("America/New_York", "Europe/London", "UTC");
  }

  @Test
  void theSettingExchangeWinsOverTheSymbol() {
    assertThat(
            CONTEXT
                .config(Map.of("exchange", "XLON"))
                .trainings()
                .nightly(Ticker.of("SPY"))
                .timeZone())
        .isEqualTo("Europe/London");
  }

  @Test
  void aCronScheduleHoldsForEveryTickerInItsTimeZone() {
    StackConfig config =
        CONTEXT.config(Map.of("schedule", "0 6 * * 1-5", "timeZone", "Europe/Vienna"));

    assertThat(config.trainings().nightly(Ticker.of("VOD.L")))
        .isEqualTo(new NightlySchedule(CronSchedule.of("0 6 * * 1-5"), "Europe/Vienna"));
  }
}
