package mlopsprimer.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.PriceSeries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FallbackPriceSourceTest {
  private static final Duration EIGHT_SECONDS = Duration.ofSeconds(8);

  /** A source with a given answer, which records its requests. */
  private record Scripted(String name, Supplier<PriceSeries> answer, List<PriceRequest> requests)
      implements PriceSource {
    static Scripted prices(String name) {
      return new Scripted(name, () -> Market.series(name), new ArrayList<>());
    }

    static Scripted failure(String name, RuntimeException failure) {
      return new Scripted(
          name,
          () -> {
            throw failure;
          },
          new ArrayList<>());
    }

    static Scripted unreachable(String name) {
      return failure(name, new SourceUnreachableException(name + " is unreachable"));
    }

    @Override
    public PriceSeries fetch(PriceRequest request) {
      requests.add(request);
      return answer.get();
    }
  }

  @Test
  void theFirstSourceIsUsedIfItAnswers() {
    Scripted second = Scripted.prices("second");
    assertThat(fetch(Scripted.prices("first"), second).source()).isEqualTo(new DataSource("first"));
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void theSeriesNamesTheSourceThatWasUsed() {
    try (Logged log = new Logged(FallbackPriceSource.class)) {
      assertThat(fetch(Scripted.unreachable("first"), Scripted.prices("second")).source())
          .isEqualTo(new DataSource("second"));
      assertThat(log.lines())
          .containsExactly(
              "event=source-unreachable source=first next=second cause=\"first is unreachable\"");
    }
  }

  @Test
  void badDataEndsTheRun() {
    BadDataException bad = new BadDataException("a glitch");
    Scripted second = Scripted.prices("second");
    assertThatThrownBy(() -> fetch(Scripted.failure("first", bad), second)).isSameAs(bad);
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void anyOtherFailureEndsTheRun() {
    IllegalStateException bug = new IllegalStateException("a bug");
    Scripted second = Scripted.prices("second");
    assertThatThrownBy(() -> fetch(Scripted.failure("first", bug), second)).isSameAs(bug);
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void ifNoSourceAnswersTheLastFailureIsReported() {
    assertThatThrownBy(() -> fetch(Scripted.unreachable("first"), Scripted.unreachable("second")))
        .isInstanceOf(SourceUnreachableException.class)
        .hasMessage("second is unreachable");
  }

  @Test
  void onlyTheLastSourceHasTheWholePatience() {
    Scripted first = Scripted.unreachable("first");
    Scripted second = Scripted.unreachable("second");
    Scripted last = Scripted.prices("last");
    PriceRequest request = Market.request(Duration.ofSeconds(90));
    new FallbackPriceSource(List.of(first, second, last)).fetch(request);
    assertThat(first.requests()).containsExactly(Market.request(EIGHT_SECONDS));
    assertThat(second.requests()).containsExactly(Market.request(EIGHT_SECONDS));
    assertThat(last.requests()).containsExactly(request);
  }

  @Test
  void aShorterPatienceIsNotChanged() {
    Scripted first = Scripted.unreachable("first");
    PriceRequest request = Market.request(Duration.ofSeconds(1));
    new FallbackPriceSource(List.of(first, Scripted.prices("last"))).fetch(request);
    assertThat(first.requests()).containsExactly(request);
  }

  @Test
  void theNameListsAllSources() {
    assertThat(
            new FallbackPriceSource(List.of(Scripted.prices("yahoo"), Scripted.prices("sample")))
                .name())
        .isEqualTo("yahoo,sample");
  }

  @Test
  @Timeout(10)
  void theSampleIsUsedIfYahooIsUnreachable() throws Exception {
    try (var server = new MisbehavingServer(Answer.status(503))) {
      PriceSource yahoo =
          YahooFixture.source(server.url(), YahooFixture.LONG, YahooFixture.QUICK, new Random(1));
      PriceSource missing = new CsvPriceSource(Path.of("/no/such/file.csv"), Market.CLOCK);
      PriceSource sample = new SamplePriceSource(Market.CLOCK);
      assertThat(fetch(yahoo, missing, sample).source()).isEqualTo(new DataSource("sample"));
      assertThat(server.requests()).hasSize(4);
    }
  }

  private static PriceSeries fetch(PriceSource... sources) {
    return new FallbackPriceSource(List.of(sources)).fetch(Market.request());
  }
}
