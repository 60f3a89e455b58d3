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
import mlopsprimer.storage.DirectoryStorage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionLogTest {
  private static final LocalDate MONDAY = LocalDate.of(2018, 12, 17);
  private static final DataSource YAHOO = new DataSource("yahoo");

  private static final Instant CLOSE = Instant.parse("2018-12-18T21:00:00Z");

  @TempDir Path directory;
  private Path file;
  private PredictionLog log;

  @BeforeEach
  void open() {
    file = directory.resolve("forecasts/SPY.jsonl");
    log = new PredictionLog(new DirectoryStorage(directory), "forecasts/SPY.jsonl");
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

  @Test
  void aFileOfAnotherNameIsTheSameKindOfSource() {
    log.append(forecast(MONDAY, 0.6, new DataSource("csv:monday.csv"), Instant.EPOCH));
    log.appendOutcomes(new DataSource("csv:tuesday.csv"), day -> Optional.of(false));

    assertThat(log.realised()).hasSize(1);
    assertThat(log.realised().get(0).outcome().up()).isFalse();
  }

  @Test
  void anOutcomeFollowsRevisedPrices() {
    log.append(forecast(MONDAY, 0.6));
    log.appendOutcomes(YAHOO, day -> Optional.of(false));
    log.appendOutcomes(YAHOO, day -> Optional.of(true));
    log.appendOutcomes(YAHOO, day -> Optional.empty());

    assertThat(log.realised()).hasSize(1);
    assertThat(log.realised().get(0).outcome().up()).isTrue();
  }

  @Test
  void anOutcomeThatDidNotChangeIsNotWrittenAgain() throws IOException {
    log.append(forecast(MONDAY, 0.6));
    log.appendOutcomes(YAHOO, day -> Optional.of(false));
    String text = Files.readString(file);
    log.appendOutcomes(YAHOO, day -> Optional.of(false));

    assertThat(Files.readString(file)).isEqualTo(text);
  }

  @Test
  void aForecastThatIsMadeAfterTheCloseDoesNotReplaceOneThatWasServedBefore() {
    log.append(forecast(MONDAY, 0.6));
    log.append(forecast(MONDAY, 0.9, YAHOO, CLOSE));
    log.appendOutcomes(YAHOO, day -> Optional.of(false));

    assertThat(log.realised()).hasSize(1);
    assertThat(log.realised().get(0).forecast().probabilityUp()).isEqualTo(0.6);
  }

  @Test
  void aForecastThatIsOnlyMadeAfterTheCloseIsNotRealisedAndIsCounted() {
    log.append(forecast(MONDAY, 0.9, YAHOO, CLOSE));
    assertThat(log.late()).as("no outcome yet").isZero();

    log.appendOutcomes(YAHOO, day -> Optional.of(false));

    assertThat(log.realised()).isEmpty();
    assertThat(log.late()).isEqualTo(1);
  }

  @Test
  void aForecastThatIsMadeBeforeTheCloseReplacesALateOneOfTheSameDay() {
    log.append(forecast(MONDAY, 0.9, YAHOO, CLOSE));
    log.append(forecast(MONDAY, 0.6));
    log.appendOutcomes(YAHOO, day -> Optional.of(false));

    assertThat(log.realised()).hasSize(1);
    assertThat(log.late()).isZero();
  }

  @Test
  void linesOfAnOlderProgramAreRead() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        {"forDate":"2018-12-18","asOf":"2018-12-17","probabilityUp":0.5,"version":"v","dataSource":"yahoo","madeAt":"2018-12-17T22:00:00Z"}
        {"forDate":"2018-12-18","asOf":"2018-12-17","outcome":"UP","dataSource":"yahoo"}
        """);

    assertThat(log.realised()).hasSize(1);
    assertThat(log.realised().get(0).forecast().baseRate()).isNull();
  }

  private static PredictionLog.LoggedForecast forecast(LocalDate asOf, double probabilityUp) {
    return forecast(asOf, probabilityUp, YAHOO, Instant.EPOCH);
  }

  private static PredictionLog.LoggedForecast forecast(
      LocalDate asOf, double probabilityUp, DataSource source, Instant madeAt) {
    return new PredictionLog.LoggedForecast(
        asOf.plusDays(1), asOf, probabilityUp, 0.53, "version", source, madeAt, CLOSE);
  }
}
