package mlopsprimer.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import mlopsprimer.contract.SettingGroup.Spelling;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.TrainerSettings;
import org.junit.jupiter.api.Test;

class RequestPaceTest {
  private final AtomicLong nanos = new AtomicLong(17);
  private final List<Duration> naps = new ArrayList<>();

  @Test
  void theFirstRequestOfASingleProcessDoesNotWait() throws InterruptedException {
    RequestPace pace = pace(1, 2, Map.of());

    pace.await();
    pace.await();
    nanos.addAndGet(Duration.ofMillis(200).toNanos());
    pace.await();
    nanos.addAndGet(Duration.ofSeconds(9).toNanos());
    pace.await();

    assertThat(naps).containsExactly(Duration.ofMillis(500), Duration.ofMillis(300));
  }

  @Test
  void processesThatShareTheRateStartApartAndWaitTheirNumberOfIntervals()
      throws InterruptedException {
    RequestPace pace = pace(4, 2, Map.of("JOB_COMPLETION_INDEX", "7"));

    pace.await();
    pace.await();

    assertThat(naps).containsExactly(Duration.ofMillis(1500), Duration.ofSeconds(2));
  }

  @Test
  void allProcessesTogetherKeepTheRate() throws InterruptedException {
    int fetchers = 5;
    List<Long> starts = new ArrayList<>();
    for (int index = 0; index < fetchers; index++) {
      nanos.set(0);
      RequestPace pace = pace(fetchers, 2, Map.of("JOB_COMPLETION_INDEX", "" + index));
      for (int request = 0; request < 20; request++) {
        pace.await();
        starts.add(nanos.get());
      }
    }

    starts.sort(null);
    for (int i = 1; i < starts.size(); i++) {
      assertThat(starts.get(i) - starts.get(i - 1)).isEqualTo(Duration.ofMillis(500).toNanos());
    }
  }

  @Test
  void anotherAttemptKeepsThePaceToo() throws IOException {
    try (var server =
        new MisbehavingServer(Answer.status(503), Answer.json(ChartJson.good().text()))) {
      YahooClient client =
          new YahooClient(
              YahooFixture.exchange(YahooFixture.LONG, YahooFixture.LONG),
              YahooFixture.QUICK,
              new Random(1),
              pace(1, 2, Map.of()));

      new YahooPriceSource(List.of(server.url()), client, Market.CLOCK).fetch(Market.request());

      assertThat(naps).containsExactly(Duration.ofMillis(500));
    }
  }

  @Test
  void anAttemptThatThePaceAllowsTooLateIsNotMade() throws IOException {
    try (var server = new MisbehavingServer(Answer.status(503))) {
      YahooClient client =
          new YahooClient(
              YahooFixture.exchange(YahooFixture.LONG, YahooFixture.LONG),
              YahooFixture.QUICK,
              new Random(1),
              pace(10_000, 1, Map.of()));
      YahooPriceSource source = new YahooPriceSource(List.of(server.url()), client, Market.CLOCK);

      assertThatThrownBy(() -> source.fetch(Market.request()))
          .isInstanceOf(SourceUnreachableException.class)
          .hasMessageContaining("status=503");

      assertThat(naps).isEmpty();
    }
  }

  private RequestPace pace(int fetchers, int perSecond, Map<String, String> environment) {
    SettingValues settings =
        TrainerSettings.ALL
            .read(Spelling.FLAG, setting -> Optional.empty())
            .with(TrainerSettings.FETCHERS, fetchers)
            .with(TrainerSettings.YAHOO_REQUESTS_PER_SECOND, perSecond);
    return RequestPace.of(
        settings,
        environment,
        nanos::get,
        nap -> {
          naps.add(nap);
          nanos.addAndGet(nap.toNanos());
        });
  }
}
