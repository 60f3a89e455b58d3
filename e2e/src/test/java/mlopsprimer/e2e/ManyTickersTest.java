package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A list of ten tickers, one of which Yahoo does not know. */
@ExtendWith({Lab.class, Stack.class})
class ManyTickersTest {
  private static final String BAD = "NOSUCH";
  private static final int PLACE_OF_BAD = 4;
  private static final List<String> TICKERS =
      List.of(
          Stack.TICKER,
          Stack.OTHER_TICKER,
          "VOD.L",
          "BTC-USD",
          BAD,
          "DIA",
          "IWM",
          "EFA",
          "EEM",
          "VTI");

  @Test
  void oneBadTickerStopsNeitherTheOthersNorTheirRollout() {
    set(TICKERS);
    Stack.set("trainingParallelism", "3");
    Shell.Result up = Phases.time("pulumi up with ten tickers, one bad", Stack::tryUp);

    assertThat(up.exit()).as(up.toString()).isNotZero();
    assertThat(up.output())
        .contains("1 of 10 tickers not trained:", BAD + ": unusable prices (exit code 20): ")
        .contains("Yahoo does not know this symbol: status=404")
        .doesNotContain("%!");
    assertThat(Stack.kubectl("get job -o 'jsonpath={.items[*].status.completedIndexes}'"))
        .isEqualTo("0-3,5-9");
    assertThat(Stack.kubectl("get job -o 'jsonpath={.items[*].status.failedIndexes}'"))
        .isEqualTo("4");
    for (String ticker : TICKERS) {
      // A pod of the API finds a new ticker at its next look at the store.
      Shell.eventually(
          Duration.ofSeconds(10),
          "test \"$(curl -s -o /dev/null -w '%%{http_code}' 'http://192.168.56.21:30951/predictionForTomorrow?ticker=%s')\" = %s"
              .formatted(ticker.replace("^", "%5E"), ticker.equals(BAD) ? "404" : "200"));
    }

    succeed("pulumi config rm --path 'tickers[%d]'".formatted(PLACE_OF_BAD));
    Stack.up();
    assertThat(Stack.kubectl("get job -o 'jsonpath={.items[*].status.completedIndexes}'"))
        .isEqualTo("0-8");
  }

  /** A failed Job is replaced by the next update, although no setting has changed. */
  @Test
  void aListWithABadTickerFailsEveryUpdateUntilItIsCorrected() {
    set(List.of(Stack.TICKER, BAD));

    assertThat(Stack.tryUp().exit()).isNotZero();
    Shell.Result again = Stack.tryUp();

    assertThat(again.exit()).isNotZero();
    assertThat(again.output()).contains("1 of 2 tickers not trained:", BAD);
    assertThat(Stack.served()).isEqualTo(Stack.TICKER);
  }

  private static void set(List<String> tickers) {
    for (int i = 0; i < tickers.size(); i++) {
      succeed("pulumi config set --path 'tickers[%d]' %s".formatted(i, tickers.get(i)));
    }
  }
}
