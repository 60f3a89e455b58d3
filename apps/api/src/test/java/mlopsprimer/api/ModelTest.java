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
  void theManifestOfAnUnknownTickerIsNotFound() throws Exception {
    assertProblem(start().get("/models/QQQ"), 404);
  }

  @Test
  void anInvalidTickerIsABadRequest() throws Exception {
    assertProblem(start().get("/models/a%20b"), 400);
  }
}
