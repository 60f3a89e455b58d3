package mlopsprimer.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class FollowingTheStoreTest extends ApiTest {
  private static final String PATH = "/predictionForTomorrow";

  @Test
  void aNewChampionIsServedWithoutARestart() throws Exception {
    store.champion("SPY", 300);
    Client client = start();
    assertThat(client.confidence()).isEqualTo(0.3);

    store.champion("SPY", 700);

    soon().until(client::confidence, confidence -> confidence == 0.7);
  }

  @Test
  void aRollbackIsServedWithoutARestart() throws Exception {
    String first = store.champion("SPY", 300);
    store.champion("SPY", 700);
    Client client = start();
    assertThat(client.confidence()).isEqualTo(0.7);

    store.rollback("SPY", first);

    soon().until(client::confidence, confidence -> confidence == 0.3);
  }

  @Test
  void aNewFeatureRowIsServedWithoutARestart() throws Exception {
    store.champion("SPY", 300);
    Client client = start();

    store.latest("SPY", LocalDate.of(2019, 1, 2));

    JsonObject answer = soonAsOf(client, "2019-01-02");
    assertThat(answer.get("forDate").getAsString()).isEqualTo("2019-01-03");
    assertThat(answer.get("dataSource").getAsString()).isEqualTo("yahoo");
  }

  @Test
  void aNewTickerIsServedWithoutARestart() {
    store.champion("SPY", 300);
    Client client = start();

    store.champion("QQQ", 600);

    soon().until(() -> client.status(PATH + "?ticker=QQQ"), status -> status == 200);
  }

  @Test
  void withoutAModelTheServerIsLive() throws Exception {
    assertThat(start().status("/health/live")).isEqualTo(200);
  }

  @Test
  void withoutAModelTheServerIsNotReady() throws Exception {
    assertProblem(start().get("/health/ready"), 503);
  }

  @Test
  void withoutAModelThePredictionIsUnavailable() throws Exception {
    assertProblem(start().get(PATH), 503);
  }

  @Test
  void withoutAModelThePredictionOfTheNamedDefaultTickerIsUnavailable() throws Exception {
    assertProblem(start().get(PATH + "?ticker=SPY"), 503);
  }

  @Test
  void withoutAModelTheAnswerSaysWhenToRetry() throws Exception {
    assertThat(start().get(PATH).headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void theServerBecomesReadyWhenTheFirstModelAppears() throws Exception {
    Client client = start();

    store.champion("SPY", 300);

    soon().until(() -> client.status("/health/ready"), status -> status == 200);
    assertThat(client.confidence()).isEqualTo(0.3);
  }
}
