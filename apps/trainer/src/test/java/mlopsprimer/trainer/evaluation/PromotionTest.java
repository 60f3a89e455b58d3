package mlopsprimer.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import mlopsprimer.prices.DataSource;
import mlopsprimer.store.OutOfFold;
import org.junit.jupiter.api.Test;

class PromotionTest {
  private static final LocalDate LAST = LocalDate.of(2018, 12, 31);

  @Test
  void aChallengerThatIsNotWorseIsPromoted() {
    Verdict verdict = judge(candidate("yahoo", LAST, p -> p), candidate("yahoo", LAST, p -> p));

    assertThat(verdict.promoted()).isTrue();
    assertThat(verdict.reason()).contains("not worse", "500 common days", "Brier difference +0.0");
  }

  @Test
  void aChallengerThatIsClearlyWorseIsNotPromoted() {
    Verdict verdict = judge(candidate("yahoo", LAST, p -> 1 - p), candidate("yahoo", LAST, p -> p));

    assertThat(verdict.promoted()).isFalse();
    assertThat(verdict.reason()).contains("worse than the champion");
  }

  @Test
  void aModelOfRealPricesIsPreferredToOneOfSyntheticPrices() {
    Promotion.Candidate real = candidate("csv:spy.csv", LAST, p -> 1 - p);
    Promotion.Candidate synthetic = candidate("sample", LAST.plusYears(1), p -> p);

    assertThat(judge(synthetic, real).promoted()).isFalse();
    assertThat(judge(real, synthetic).promoted()).isTrue();
  }

  @Test
  void pricesThatEndBeforeTheChampionsAreNotPromoted() {
    Verdict verdict =
        judge(candidate("yahoo", LAST.minusDays(1), p -> p), candidate("yahoo", LAST, p -> p));

    assertThat(verdict.promoted()).isFalse();
    assertThat(verdict.reason()).contains("2018-12-30", "2018-12-31");
  }

  @Test
  void withoutDaysInCommonFresherDataWins() {
    Promotion.Candidate old =
        new Promotion.Candidate(
            new DataSource("yahoo"), LAST.minusYears(9), rows(LAST.minusYears(9), p -> p));

    Verdict verdict = judge(candidate("yahoo", LAST, p -> 1 - p), old);

    assertThat(verdict.promoted()).isTrue();
    assertThat(verdict.reason()).contains("only 0 days in common");
  }

  private static Verdict judge(Promotion.Candidate challenger, Promotion.Candidate champion) {
    return Promotion.judge(challenger, champion, 42);
  }

  private static Promotion.Candidate candidate(
      String source, LocalDate lastDay, DoubleUnaryOperator forecast) {
    return new Promotion.Candidate(new DataSource(source), lastDay, rows(LAST, forecast));
  }

  /** 500 days. The outcome of a day has the probability that is passed to {@code forecast}. */
  private static List<OutOfFold> rows(LocalDate last, DoubleUnaryOperator forecast) {
    Random random = new Random(3);
    return IntStream.range(0, 500)
        .mapToObj(
            i -> {
              double p = 0.2 + 0.6 * random.nextDouble();
              boolean up = random.nextDouble() < p;
              return new OutOfFold(
                  last.minusDays(500 - i), 1, p, forecast.applyAsDouble(p), 0.5, 0.5, up);
            })
        .toList();
  }
}
