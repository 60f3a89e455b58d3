package mlopsprimer.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import mlopsprimer.storage.Storage;
import org.junit.jupiter.api.Test;

class DamagedStoreTest extends ApiTest {
  private static final String PATH = "/predictionForTomorrow";

  @Test
  void aDamagedChampionAtStartIsReplacedByThePreviousChampion() throws Exception {
    store.champion("SPY", 300);
    store.damage("SPY", store.champion("SPY", 700));

    assertThat(start().confidence()).isEqualTo(0.3);
  }

  @Test
  void anAnswerOfASubstituteIsMarkedAsDegraded() throws Exception {
    store.champion("SPY", 300);
    store.damage("SPY", store.champion("SPY", 700));

    assertThat(start().json(PATH).get("degraded").getAsBoolean()).isTrue();
  }

  @Test
  void aReplacedChampionIsReportedInTheMetrics() throws Exception {
    store.champion("SPY", 300);
    store.damage("SPY", store.champion("SPY", 700));

    assertThat(start().get("/metrics").body())
        .contains("primer_degraded{ticker=\"SPY\"} 1.0", "primer_reload_failures_total 1.0");
  }

  @Test
  void anUnreadablePointerAtStartIsReplacedByTheNewestGoodVersion() throws Exception {
    store.champion("SPY", 300);
    Files.writeString(file("champions", "SPY"), "{\"version\":");

    JsonObject answer = start().json(PATH);

    assertThat(answer.get("confidence").getAsDouble()).isEqualTo(0.3);
    assertThat(answer.get("degraded").getAsBoolean()).isTrue();
  }

  @Test
  void withoutAGoodVersionThePredictionIsUnavailable() throws Exception {
    store.damage("SPY", store.champion("SPY", 300));

    assertProblem(start().get(PATH), 503);
  }

  @Test
  void theNextChampionIsServedAfterAnUnavailability() throws Exception {
    store.damage("SPY", store.champion("SPY", 300));
    Client client = start();

    store.champion("SPY", 700);

    soon().until(() -> client.status(PATH), status -> status == 200);
    assertThat(client.json(PATH).get("degraded").getAsBoolean()).isFalse();
  }

  @Test
  void aDegradedTickerStillFollowsTheNewestRow() throws Exception {
    store.champion("SPY", 300);
    store.damage("SPY", store.champion("SPY", 700));
    Client client = start();

    store.latest("SPY", LocalDate.of(2019, 1, 2));

    JsonObject answer = soonAsOf(client, "2019-01-02");
    assertThat(answer.get("degraded").getAsBoolean()).isTrue();
  }

  @Test
  void aDamagedUpdateIsCountedAndLeavesTheOldAnswer() throws Exception {
    store.champion("SPY", 300);
    Client client = start();

    Path pointer = file("champions", "SPY");
    Files.writeString(
        pointer, Files.readString(pointer).replaceAll("[0-9a-f]{64}", "0".repeat(64)));

    soon().until(client::metrics, text -> text.contains("primer_reload_failures_total 1.0"));
    assertThat(client.confidence()).isEqualTo(0.3);
    assertThat(client.status("/health/ready")).isEqualTo(200);
  }

  @Test
  void aTickerThatIsDeletedIsServedAndMarkedAsTroubled() throws Exception {
    store.champion("SPY", 300);
    Client client = start();

    deleteStore("SPY");

    soon().until(client::metrics, text -> text.contains(troubled("SPY", 1)));
    assertThat(client.confidence()).isEqualTo(0.3);
  }

  @Test
  void aTickerThatIsWrittenAgainIsNotTroubledAnyMore() throws Exception {
    store.champion("SPY", 300);
    Client client = start();
    deleteStore("SPY");
    soon().until(client::metrics, text -> text.contains(troubled("SPY", 1)));

    store.champion("SPY", 400);

    soon().until(client::confidence, confidence -> confidence == 0.4);
    soon().until(client::metrics, text -> text.contains(troubled("SPY", 0)));
  }

  @Test
  void aNewTickerIsServedWhileAnotherIsMissing() throws Exception {
    store.champion("SPY", 300);
    Client client = start();

    deleteStore("SPY");
    store.champion("QQQ", 600);

    soon().until(() -> client.status(PATH + "?ticker=QQQ"), status -> status == 200);
  }

  @Test
  void unreadableTickersDoNotKeepTheOthersFromBeingFollowed() throws Exception {
    store.champion("AAA", 300); // the poller reads AAA and BBB before SPY
    store.champion("BBB", 300);
    store.champion("SPY", 300);
    unreadableRow("AAA");
    unreadablePointer("BBB");
    Client client = start();

    store.champion("SPY", 700);

    soon().until(client::confidence, confidence -> confidence == 0.7);
    assertThat(client.metrics())
        .contains(troubled("AAA", 1), troubled("BBB", 1), troubled("SPY", 0));
  }

  @Test
  void aTickerWithAnUnreadableRowIsUnavailable() throws Exception {
    store.champion("AAA", 300);
    unreadableRow("AAA");

    assertProblem(start().get(PATH + "?ticker=AAA"), 503);
  }

  @Test
  void aPointerThatCannotBeReadDegradesItsTicker() throws Exception {
    store.champion("BBB", 300);
    unreadablePointer("BBB");

    assertThat(start().json(PATH + "?ticker=BBB").get("degraded").getAsBoolean()).isTrue();
  }

  private void unreadableRow(String ticker) throws IOException {
    Path rows = file("latest", ticker);
    Files.writeString(rows, Files.readString(rows).replace("0.0", "0.0, 1.0"));
  }

  /** Replaces the pointer by a link, which the storage refuses to read. */
  private void unreadablePointer(String ticker) throws IOException {
    Path pointer = file("champions", ticker);
    Files.delete(pointer);
    Files.createSymbolicLink(pointer, root);
  }

  private void deleteStore(String ticker) {
    for (String folder : List.of("champions/", "latest/", "versions/")) {
      String prefix = folder + ticker;
      store.storage().list(folder).stream()
          .map(Storage.Listed::key)
          .filter(key -> key.equals(prefix + ".json") || key.startsWith(prefix + "/"))
          .forEach(store.storage()::delete);
    }
  }

  private static String troubled(String ticker, int value) {
    return "primer_store_troubled{ticker=\"%s\"} %d.0\n".formatted(ticker, value);
  }
}
