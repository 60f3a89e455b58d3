package mlopsprimer.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import mlopsprimer.contract.TrainingReport.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingReportTest {
  private static final Ticker SPY = Ticker.of("SPY");
  private static final Ticker INDEX = Ticker.of("^GSPC");

  @Test
  void aReportIsReadBackFromItsText() {
    TrainingReport report =
        new TrainingReport(
            List.of(SPY), List.of(new Failure(INDEX, 20, "no such symbol: status=404")));

    assertThat(report.text()).isEqualTo("done SPY\nfailed ^GSPC 20 no such symbol: status=404\n");
    assertThat(TrainingReport.parse(report.text())).isEqualTo(report);
  }

  @Test
  void aMessageOfSeveralLinesBecomesOneLine() {
    TrainingReport report =
        new TrainingReport(List.of(), List.of(new Failure(SPY, 2, "2 problems:\n  a\n  b\n")));

    assertThat(TrainingReport.parse(report.text()).failed())
        .containsExactly(new Failure(SPY, 2, "2 problems: a b"));
  }

  @Test
  void theTextOfManyFailuresFitsATerminationMessageAndNamesEachTicker() {
    for (int tickers : new int[] {1, 10, 50, 120}) {
      List<Failure> failed =
          IntStream.range(0, tickers)
              .mapToObj(
                  i -> new Failure(Ticker.of("ABCDEFGHIJKL" + i), 20, "é\u2026x".repeat(3000)))
              .toList();

      String text = new TrainingReport(List.of(SPY), failed).text();

      assertThat(text.getBytes(StandardCharsets.UTF_8))
          .hasSizeLessThanOrEqualTo(TrainingReport.MOST_BYTES);
      assertThat(TrainingReport.parse(text).failed())
          .extracting(Failure::ticker)
          .containsExactlyElementsOf(failed.stream().map(Failure::ticker).toList());
    }
  }

  @Test
  void theTextOfTwoHundredFailuresNamesEachTicker() {
    List<Failure> failed =
        IntStream.range(0, 200)
            .mapToObj(i -> new Failure(Ticker.of("T" + i), 40, "cannot read: ".repeat(20)))
            .toList();

    String text = new TrainingReport(List.of(), failed).text();

    assertThat(text).hasSizeLessThanOrEqualTo(TrainingReport.MOST_BYTES);
    assertThat(TrainingReport.parse(text).failed()).hasSize(200);
  }

  @Test
  void theTextOfAThousandTickersFitsATerminationMessage() {
    List<Ticker> done = IntStream.range(0, 1000).mapToObj(i -> Ticker.of("TICK" + i)).toList();
    Failure failure = new Failure(SPY, 20, "no such symbol");

    String text = new TrainingReport(done, List.of(failure)).text();

    assertThat(text).hasSizeLessThanOrEqualTo(TrainingReport.MOST_BYTES);
    assertThat(TrainingReport.parse(text).failed())
        .extracting(Failure::ticker)
        .containsExactly(SPY);
    assertThat(TrainingReport.parse(text).done()).isNotEmpty().isSubsetOf(done);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "time=x level=INFO event=started\n--trees is '0'\n",
        "failed to connect 20 times",
        "failed ../x 20 words",
        "failed SPY 9999999999 words"
      })
  void theEndOfALogIsAnEmptyReport(String text) {
    assertThat(TrainingReport.parse(text).failed()).isEmpty();
  }

  @Test
  void theSharesOfAllIndexesHaveEachTickerOnce() {
    List<Ticker> tickers = IntStream.range(0, 11).mapToObj(i -> Ticker.of("T" + i)).toList();

    assertThat(Ticker.share(tickers, 2, 0)).hasSize(6).startsWith(tickers.get(0), tickers.get(2));
    assertThat(IntStream.range(0, 3).boxed().flatMap(i -> Ticker.share(tickers, 3, i).stream()))
        .containsExactlyInAnyOrderElementsOf(tickers);
  }
}
