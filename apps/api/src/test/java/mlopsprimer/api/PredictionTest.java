package mlopsprimer.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import mlopsprimer.prices.DataFact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionTest extends ApiTest {
  private static final String PATH = "/predictionForTomorrow";

  @Test
  void theAnswerHasTheFieldsOfTheContract() throws Exception {
    String version = store.champion("SPY", 345);

    HttpResponse<String> response = start().get(PATH);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    JsonObject answer = JsonParser.parseString(response.body()).getAsJsonObject();
    assertThat(answer.keySet())
        .containsExactly(
            "prediction",
            "confidence",
            "ticker",
            "asOf",
            "forDate",
            "threshold",
            "probabilityUp",
            "probabilityDown",
            "stale",
            "degraded",
            "dataSource",
            "dataQuality",
            "model");
    assertThat(response.body())
        .startsWith(
            "{\"prediction\":\"DOWN\",\"confidence\":0.345,\"ticker\":\"SPY\","
                + "\"asOf\":\"2018-12-31\",\"forDate\":\"2019-01-02\",\"threshold\":0.5,"
                + "\"probabilityUp\":0.345")
        .contains(
            "\"stale\":false,\"degraded\":false,\"dataSource\":\"csv:test.csv\","
                + "\"dataQuality\":[],\"model\":{\"version\":\""
                + version
                + "\",\"trainedAt\":\"2018-12-31T22:00:00Z\",\"sha256\":\"")
        .endsWith("\"skill\":0.012}}");
    assertThat(
            answer.get("probabilityUp").getAsDouble() + answer.get("probabilityDown").getAsDouble())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "XLON, Europe/London, 2018-12-31, 2019-01-02, 2019-01-02T16:29:59Z, 2019-01-02T16:30:00Z",
    "XTKS, Asia/Tokyo, 2018-12-31, 2019-01-04, 2019-01-04T05:59:59Z, 2019-01-04T06:00:00Z",
    "24/7, UTC, 2018-12-31, 2019-01-01, 2019-01-01T23:59:59Z, 2019-01-02T00:00:00Z"
  })
  void forDateAndStaleFollowTheCalendarOfTheNewestRow(
      String calendar, String zone, LocalDate asOf, String forDate, Instant last, Instant close)
      throws Exception {
    store.champion("SPY", 500);
    store.latest("SPY", asOf, calendar, zone);

    JsonObject before = startAt(last).json(PATH);
    JsonObject after = startAt(close).json(PATH);

    assertThat(before.get("forDate").getAsString()).isEqualTo(forDate);
    assertThat(before.get("stale").getAsBoolean()).isFalse();
    assertThat(after.get("stale").getAsBoolean()).isTrue();
  }

  @Test
  void theAnswerListsTheFaultsOfThePrices() throws Exception {
    store.champion("SPY", 345);
    store.latest(
        "SPY",
        StoreFixture.AS_OF.plusDays(2),
        DataFact.of("missing-sessions", List.of(StoreFixture.AS_OF), "1 session is missing"));

    assertThat(start().get(PATH).body())
        .contains(
            "\"dataQuality\":[{\"code\":\"missing-sessions\",\"count\":1,"
                + "\"days\":[\"2018-12-31\"],\"text\":\"1 session is missing\"}]");
  }

  @Test
  void aModelThatServesTheBaseRateHasSkillNull() throws Exception {
    store.champion("SPY", 540, null);

    assertThat(start().get(PATH).body()).endsWith("\"skill\":null}}");
  }

  @ParameterizedTest
  @CsvSource({"0.5, DOWN", "0.499, UP", "0, UP", "1, DOWN", "1.0, DOWN", ".25, UP", "0.51, DOWN"})
  void aProbabilityIsUpOnlyAboveTheThreshold(String threshold, String prediction) throws Exception {
    store.champion("SPY", 500);

    JsonObject answer = start().json(PATH + "?threshold=" + threshold);

    assertThat(answer.get("prediction").getAsString()).isEqualTo(prediction);
    assertThat(answer.get("threshold").getAsDouble()).isEqualTo(Double.parseDouble(threshold));
  }

  @Test
  void theThresholdOfTheSettingsIsTheDefault() throws Exception {
    store.champion("SPY", 600);

    JsonObject answer = start("--threshold=0.7").json(PATH);

    assertThat(answer.get("prediction").getAsString()).isEqualTo("DOWN");
    assertThat(answer.get("threshold").getAsDouble()).isEqualTo(0.7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "threshold=abc",
        "threshold=-1",
        "threshold=NaN",
        "threshold=2",
        "threshold=",
        "threshold=0.5d",
        "threshold=1e-1",
        "threshold=0.5&threshold=0.6",
        "threshold=1.0001",
        "ticker=..%2Fx",
        "ticker=",
        "ticker=SPY&ticker=QQQ",
        "ticker=%00",
        "symbol=BRK-B",
        "ticker=SPY&symbol=BRK-B",
        "Ticker=SPY",
        "threshold",
        "=SPY",
        "ticker%00=SPY"
      })
  void anInvalidQueryIsABadRequest(String query) throws Exception {
    store.champion("SPY", 500);

    assertProblem(start().get(PATH + "?" + query), 400);
  }

  @Test
  void aTickerWithAChampionIsServedInLowerCase() throws Exception {
    store.champion("SPY", 300);
    store.champion("^GSPC", 700);

    JsonObject answer = start().json(PATH + "?ticker=%5egspc");

    assertThat(answer.get("ticker").getAsString()).isEqualTo("^GSPC");
    assertThat(answer.get("prediction").getAsString()).isEqualTo("UP");
  }

  @Test
  void theAnswerForAnUnknownTickerNamesTheServedTickers() throws Exception {
    store.champion("SPY", 300);

    HttpResponse<String> response = start().get(PATH + "?ticker=QQQ");

    assertProblem(response, 404);
    assertThat(response.body()).contains("QQQ", "SPY");
  }

  @Test
  void theAnswerToAnUnknownParameterNamesThoseThatExist() throws Exception {
    store.champion("SPY", 300);

    HttpResponse<String> response = start().get(PATH + "?symbol=BRK-B");

    assertProblem(response, 400);
    assertThat(response.body())
        .contains("/predictionForTomorrow has no parameter 'symbol'; it has threshold, ticker");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/models/SPY", "/health/live", "/health/ready", "/metrics", "/openapi.json"})
  void aPathWithoutParametersRefusesAnyParameter(String path) throws Exception {
    store.champion("SPY", 300);
    Client client = start();

    assertThat(client.status(path + "?")).isEqualTo(200);
    HttpResponse<String> response = client.get(path + "?threshold=0.5");
    assertProblem(response, 400);
    assertThat(response.body()).contains("has no parameter 'threshold'; it has no parameters");
  }

  @ParameterizedTest
  @CsvSource({
    "BRK.B, BRK-B",
    "brk-b., BRK-B",
    "GSPC, ^GSPC",
    "SPX, SPY",
    "SPYY, SPY",
    "PSY, SPY",
    "BRKB, BRK-B"
  })
  void theAnswerForAnUnknownTickerAsksWhetherASimilarOneWasMeant(String asked, String meant)
      throws Exception {
    for (String ticker : new String[] {"BRK-B", "SPY", "^GSPC", "V"}) {
      store.champion(ticker, 300);
    }
    HttpResponse<String> response = start().get(PATH + "?ticker=" + asked);

    assertProblem(response, 404);
    assertThat(response.body()).contains("did you mean " + meant + "?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"QQQ", "X", "SP", "SPYXX", "SXX"})
  void aTickerThatIsNotSimilarToAServedOneGetsNoSuggestion(String asked) throws Exception {
    store.champion("SPY", 300);
    store.champion("V", 300);

    assertThat(start().get(PATH + "?ticker=" + asked).body())
        .doesNotContain("did you mean")
        .contains("use one of these tickers: SPY, V");
  }

  @Test
  void theAnswerForAnUnknownTickerDoesNotListAllTickersOfALargeStore() throws Exception {
    for (int i = 0; i < 11; i++) {
      store.champion("AA" + i, 300);
    }
    assertThat(start().get(PATH + "?ticker=QQQ").body()).contains("/models").doesNotContain("AA7");
  }

  @ParameterizedTest
  @CsvSource({
    "2019-01-02T20:59:59Z, false", // the exchange in New York closes at 21:00 UTC
    "2019-01-02T21:00:00Z, true"
  })
  void aForecastIsStaleFromTheCloseOfItsSession(Instant now, boolean stale) throws Exception {
    store.champion("SPY", 300);
    Client client = startAt(now);

    assertThat(client.json(PATH).get("stale").getAsBoolean()).isEqualTo(stale);
    assertThat(client.json(PATH + "?threshold=0.1").get("stale").getAsBoolean()).isEqualTo(stale);
  }
}
