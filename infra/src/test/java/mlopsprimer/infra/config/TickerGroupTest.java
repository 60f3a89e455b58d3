package mlopsprimer.infra.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TickerGroupTest {
  @ParameterizedTest
  @CsvSource({
    "1, 2, 1",
    "10, 2, 10",
    "11, 2, 2",
    "50, 2, 2",
    "60, 2, 4",
    "100, 2, 4",
    "200, 2, 8",
    "200, 3, 9",
    "30, 8, 3",
    "30, 1, 2",
    "200, 100, 20",
    "2500, 3, 100",
    "10000, 7, 100"
  })
  void theNumberOfPodsFitsTheNumberThatRunsAtTheSameTime(int tickers, int parallelism, int pods) {
    assertThat(TickerGroup.indexes(tickers, Optional.empty(), parallelism)).isEqualTo(pods);
  }

  @Test
  void noPodHasMoreThanTwentyFiveTickersAndMorePodsThanTheLeastHaveTenOnAverage() {
    for (int parallelism = 1; parallelism <= 100; parallelism++) {
      for (int tickers = 11; tickers <= 2500; tickers++) {
        int pods = TickerGroup.indexes(tickers, Optional.empty(), parallelism);

        assertThat(pods)
            .as("tickers=%d parallelism=%d", tickers, parallelism)
            .isBetween((tickers + 24) / 25, Math.min(100, (tickers + 9) / 10));
      }
    }
  }

  @Test
  void theSettingDeterminesTheNumberOfTickersOfAPod() {
    assertThat(TickerGroup.indexes(3, Optional.of(2), 2)).isEqualTo(2);
    assertThat(TickerGroup.indexes(200, Optional.of(200), 2)).isEqualTo(1);
    assertThat(TickerGroup.indexes(200, Optional.of(1), 2)).isEqualTo(200);
  }
}
