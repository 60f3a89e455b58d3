package mlopsprimer.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import mlopsprimer.prices.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionLogTest {
  private static final LocalDate MONDAY = LocalDate.of(2018, 12, 17);
  private static final DataSource YAHOO = new DataSource("yahoo");

  @TempDir Path directory;
  private Path file;
  private PredictionLog log;

  @BeforeEach
  void open() {
    file = directory.resolve("predictions.jsonl");
    log = new PredictionLog(file);
  }

  @Test
  void aForecastIsPairedWithItsOutcome() {
    log.append(forecast(MONDAY, 0.6));
    log.appendOutcomes(YAHOO, day -> Optional.empty());
    assertThat(log.realised()).isEmpty();

    log.append(forecast(MONDAY.plusDays(1), 0.4));
    log.appendOutcomes(YAHOO, day -> day.equals(MONDAY) ? Optional.of(true) : Optional.empty());
    log.appendOutcomes(YAHOO, day -> day.equals(MONDAY) ? Optional.of(true) : Optional.empty());

    assertThat(log.realised()).hasSize(1);
    assertThat(log.realised().get(0).forecast().probabilityUp()).isEqualTo(0.6);
    assertThat(log.realised().get(0).outcome().up()).isTrue();
  }

  @Test
  void theLastOfTwoForecastsOfOneDayCounts() {
    log.append(forecast(MONDAY, 0.6));
    log.append(forecast(MONDAY, 0.7));
    log.appendOutcomes(YAHOO, day -> Optional.of(false));

    assertThat(log.realised()).hasSize(1);
    assertThat(log.realised().get(0).forecast().probabilityUp()).isEqualTo(0.7);
  }

  @Test
  void anOutcomeOfAnotherSourceIsIgnored() {
    log.append(forecast(MONDAY, 0.6));
    log.appendOutcomes(DataSource.SAMPLE, day -> Optional.of(false));

    assertThat(log.realised()).isEmpty();
  }

  @Test
  void theIncompleteLineOfAKilledWriterIsSkipped() throws IOException {
    log.append(forecast(MONDAY, 0.6));
    Files.writeString(file, "{\"forDate\":\"2018-12-1", StandardOpenOption.APPEND);

    log.append(forecast(MONDAY.plusDays(1), 0.4));
    log.appendOutcomes(YAHOO, day -> Optional.of(false));

    assertThat(log.realised()).hasSize(2);
    assertThat(Files.readString(file)).endsWith("\n");
  }

  private static PredictionLog.LoggedForecast forecast(LocalDate asOf, double probabilityUp) {
    return new PredictionLog.LoggedForecast(
        asOf.plusDays(1), asOf, probabilityUp, "version", YAHOO, Instant.EPOCH);
  }
}
