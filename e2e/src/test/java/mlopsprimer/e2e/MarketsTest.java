package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A ticker of London and a cryptocurrency beside one of New York. */
@LastOfCore
@ExtendWith({Lab.class, Stack.class})
class MarketsTest {
  @Test
  void eachTickerFollowsTheCalendarOfItsMarket() {
    succeed(
        "pulumi config set --path 'tickers[0]' ^GSPC && pulumi config set --path 'tickers[1]' VOD.L"
            + " && pulumi config set --path 'tickers[2]' BTC-USD");
    Stack.up();

    assertThatForecastIs("%5EGSPC", "2018-12-31", "2019-01-02", "XNYS");
    assertThatForecastIs("VOD.L", "2018-12-31", "2019-01-02", "XLON");
    assertThatForecastIs("BTC-USD", "2018-12-31", "2019-01-01", "24/7");
    assertThat(
            Stack.kubectl(
                "get cronjobs -o 'jsonpath={range .items[*]}{.metadata.name} {.spec.schedule}"
                    + " {.spec.timeZone}{\"\\n\"}{end}'"))
        .as("the schedule of each CronJob, in the zone of its market")
        .contains(" 30 17 * * 1-5 America/New_York", " 0 18 * * 1-5 Europe/London")
        .contains(" 30 0 * * * UTC")
        .hasLineCount(3);
  }

  @Test
  void aCronScheduleHoldsForEveryTicker() {
    Stack.set("schedule", "0 6 * * 1-5");
    Stack.set("timeZone", "Europe/Vienna");
    Stack.up();

    assertThat(
            Stack.kubectl(
                "get cronjobs -o 'jsonpath={.items[*].spec.schedule} {.items[*].spec.timeZone}'"))
        .isEqualTo("0 6 * * 1-5 Europe/Vienna");
  }

  private static void assertThatForecastIs(
      String ticker, String asOf, String forDate, String calendar) {
    JsonObject answer = Stack.answer("/predictionForTomorrow?ticker=" + ticker);
    assertThat(answer.get("asOf").getAsString()).as("asOf of %s", answer).isEqualTo(asOf);
    assertThat(answer.get("forDate").getAsString()).as("forDate of %s", answer).isEqualTo(forDate);
    assertThat(answer.get("stale").getAsBoolean()).as("the session of 2019 is over").isTrue();
    assertThat(Stack.answer("/models/" + ticker).get("calendar").getAsString()).isEqualTo(calendar);
  }
}
