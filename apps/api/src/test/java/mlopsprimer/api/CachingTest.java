package mlopsprimer.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CachingTest extends ApiTest {
  private Client client;

  @BeforeEach
  void serve() {
    store.champion("SPY", 300);
    client = start();
  }

  @ParameterizedTest
  @CsvSource({
    "/predictionForTomorrow, 5",
    "/predictionForTomorrow?threshold=0.6, 5",
    "/models, 5",
    "/models/SPY, 5",
    "/openapi.json, 3600"
  })
  void aGoodAnswerMayBeUsedAgainForAWhile(String path, int seconds) throws Exception {
    assertThat(client.get(path).headers().allValues("Cache-Control"))
        .containsExactly("max-age=" + seconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health/live",
        "/health/ready",
        "/metrics",
        "/predictionForTomorrow?ticker=QQQ",
        "/predictionForTomorrow?x=y",
        "/models/QQQ",
        "/x"
      })
  void aStateOrAnErrorMustNotBeStored(String path) throws Exception {
    assertThat(client.get(path).headers().allValues("Cache-Control")).containsExactly("no-store");
  }

  @Test
  void theAnswerToARefusedRequestMustNotBeStored() throws Exception {
    assertThat(client.raw("nonsense\r\n\r\n")).contains("Cache-Control: no-store\r\n");
  }
}
