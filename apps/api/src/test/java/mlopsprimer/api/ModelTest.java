package mlopsprimer.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;

class ModelTest extends ApiTest {
  @Test
  void theManifestOfTheChampionIsServed() throws Exception {
    store.champion("^GSPC", 300);

    JsonObject manifest = start().json("/models/%5EGSPC");

    assertThat(manifest.get("ticker").getAsString()).isEqualTo("^GSPC");
    assertThat(manifest.getAsJsonObject("data").get("rows").getAsInt()).isEqualTo(1258);
  }

  @Test
  void theServedModelsAreListedInTheOrderOfTheirTickers() throws Exception {
    String version = store.champion("^GSPC", 300);
    store.champion("SPY", 400, null);

    JsonObject list = start().json("/models");

    assertThat(list.get("next").isJsonNull()).isTrue();
    assertThat(list.getAsJsonArray("models"))
        .extracting(model -> model.getAsJsonObject().get("ticker").getAsString())
        .containsExactly("SPY", "^GSPC");
    JsonObject model = list.getAsJsonArray("models").get(1).getAsJsonObject();
    assertThat(model.get("version").getAsString()).isEqualTo(version);
    assertThat(model.get("trainedAt").getAsString()).isEqualTo("2018-12-31T22:00:00Z");
    assertThat(model.get("asOf").getAsString()).isEqualTo("2018-12-31");
    assertThat(model.get("forDate").getAsString()).isEqualTo("2019-01-02");
    assertThat(model.get("sha256").getAsString()).hasSize(64).startsWith(version.split("-", -1)[1]);
    assertThat(model.get("skill").getAsDouble()).isEqualTo(0.012);
    assertThat(model.get("degraded").getAsBoolean()).isFalse();
  }

  @Test
  void theLinksOfAListedModelAreAnswered() throws Exception {
    store.champion("^GSPC", 300);
    Client client = start();
    JsonObject model = client.json("/models").getAsJsonArray("models").get(0).getAsJsonObject();
    JsonObject links = model.getAsJsonObject("links");

    assertThat(client.json(links.get("manifest").getAsString()).get("ticker").getAsString())
        .isEqualTo("^GSPC");
    assertThat(client.json(links.get("prediction").getAsString()).get("ticker").getAsString())
        .isEqualTo("^GSPC");
  }

  @Test
  void aStoreWithoutAModelGivesAnEmptyList() throws Exception {
    assertThat(start().json("/models").getAsJsonArray("models")).isEmpty();
  }

  @Test
  void aLongListGoesOnAfterItsLastTicker() throws Exception {
    for (int i = 0; i < 502; i++) {
      store.champion("%03d^".formatted(i), 300);
    }
    Client client = start();

    JsonObject first = client.json("/models");
    JsonObject rest = client.json(first.get("next").getAsString());

    assertThat(first.getAsJsonArray("models")).hasSize(500);
    assertThat(first.get("next").getAsString()).isEqualTo("/models?after=499%5E");
    assertThat(rest.getAsJsonArray("models"))
        .extracting(model -> model.getAsJsonObject().get("ticker").getAsString())
        .containsExactly("500^", "501^");
    assertThat(rest.get("next").isJsonNull()).isTrue();
  }

  @Test
  void aListMayBeginAfterATickerThatIsNotServed() throws Exception {
    store.champion("AAA", 300);
    store.champion("SPY", 300);

    assertThat(start().json("/models?after=bbb").getAsJsonArray("models")).hasSize(1);
  }

  @Test
  void theManifestOfAnUnknownTickerIsNotFound() throws Exception {
    assertProblem(start().get("/models/QQQ"), 404);
  }

  @Test
  void anInvalidTickerIsABadRequest() throws Exception {
    assertProblem(start().get("/models/a%20b"), 400);
  }
}
