package mlopsprimer.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mlopsprimer.contract.Exchange;
import mlopsprimer.contract.Exchanges;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.TradingCalendar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stamps without an offset, as pandas writes them after the zone was removed. */
class LocalStampsTest {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"XTKS", "XHKG", "XASX"})
  void midnightsInUtcAreReadIfTheExchangeIsNamed(String code) throws IOException {
    Exchange exchange = Exchanges.of(code);
    assertThat(read(exchange, midnightInUtc(exchange.zone()))).isEqualTo(days(exchange));
  }

  @Test
  void aCloseInAnotherTimeZoneIsReadIfTheExchangeIsNamed() throws IOException {
    Exchange newYork = Exchanges.of("XNYS");
    assertThat(read(newYork, day -> day + " 22:00:00")).isEqualTo(days(newYork));
  }

  @ParameterizedTest
  @CsvSource({"XTKS, 15:00:00", "XHKG, 16:00:00", "XNYS, 16:00:00", "XLON, 16:30:00"})
  void aLocalCloseIsReadWithAndWithoutTheExchange(String code, String close) throws IOException {
    Exchange exchange = Exchanges.of(code);
    assertThat(read(exchange, day -> day + " " + close)).isEqualTo(days(exchange));
    Path file = write(exchange, day -> day + " " + close);
    assertThat(read(file, Optional.empty())).isEqualTo(days(exchange));
  }

  @ParameterizedTest
  @CsvSource({"XTKS, 15:00", "XHKG, 16:00", "XASX, 13:00 and 14:00"})
  void aMidnightInUtcIsNamedIfTheExchangeIsNot(String code, String times) throws IOException {
    Exchange exchange = Exchanges.of(code);
    Path file = write(exchange, midnightInUtc(exchange.zone()));
    assertThatThrownBy(() -> read(file, Optional.empty()))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("the bars are stamped " + times + " without an offset")
        .hasMessageContaining("remove the time")
        .hasMessageContaining("write the offset");
  }

  @Test
  void stampsThatFitNoReadingAreNamedWithTheExchangeToo() throws IOException {
    Path file = write(Exchanges.of("XTKS"), midnightInUtc(ZoneId.of("Asia/Tokyo")));
    assertThatThrownBy(() -> read(file, Optional.of(Exchanges.of("XNYS"))))
        .hasMessageContaining("stamped 15:00");
  }

  @Test
  void stampsWithAnOffsetOrInTheMorningAreCertain() {
    assertThat(LocalStamps.of(List.of("2024-11-14 15:00:00+00:00")).times()).isEmpty();
    assertThat(LocalStamps.of(List.of("2024-11-14 09:30")).times()).isEmpty();
    assertThat(LocalStamps.of(List.of("2024-11-14")).times()).isEmpty();
    assertThat(LocalStamps.of(List.of("2024-11-14 15:00")).times())
        .containsExactly(LocalTime.of(15, 0));
  }

  private static Function<LocalDate, String> midnightInUtc(ZoneId zone) {
    return day -> STAMP.format(day.atStartOfDay(zone).withZoneSameInstant(ZoneOffset.UTC));
  }

  private static List<LocalDate> days(Exchange exchange) {
    return TradingCalendar.of(exchange)
        .sessionsBetween(LocalDate.of(2023, 11, 20), LocalDate.of(2024, 11, 14));
  }

  private Path write(Exchange exchange, Function<LocalDate, String> stamp) throws IOException {
    StringBuilder text = new StringBuilder(CsvText.HEADER + "\n");
    days(exchange).forEach(day -> text.append(stamp.apply(day)).append(",1,1,1,1,1,0\n"));
    return Files.writeString(dir.resolve("prices.csv"), text);
  }

  private List<LocalDate> read(Exchange exchange, Function<LocalDate, String> stamp)
      throws IOException {
    return read(write(exchange, stamp), Optional.of(exchange));
  }

  private static List<LocalDate> read(Path file, Optional<Exchange> exchange) {
    return new CsvPriceSource(file, Optional.empty(), new ExchangeChoice(exchange), Market.CLOCK)
        .fetch(Market.request()).rows().stream().map(DailyPrice::day).toList();
  }
}
