package mlopsprimer.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import mlopsprimer.contract.Exchanges;
import mlopsprimer.contract.Ticker;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.logging.LogLine;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.TradingCalendar;
import mlopsprimer.storage.DirectoryStorage;
import mlopsprimer.store.Forecast;
import mlopsprimer.store.ModelStore;
import mlopsprimer.store.ModelVersion;
import mlopsprimer.store.TickerStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Trains tickers of several markets on the answers of a server that answers in place of Yahoo, and
 * checks what the API would serve.
 */
class MarketsTest {
  private static final int ROWS = 300;
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final LocalTime OPENING = LocalTime.of(8, 0);

  private final StringWriter err = new StringWriter();
  private final Logger root = (Logger) LoggerFactory.getLogger("mlopsprimer");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private HttpServer server;
  private String chart = "";

  @TempDir Path directory;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = chart.getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
    root.detachAppender(log);
  }

  @Test
  void aLondonTickersForecastIsForTheNextSessionInLondon() {
    LocalDate christmasEve = LocalDate.of(2026, 12, 24);
    yahoo("XLON", "LSE", LONDON, christmasEve, LocalTime.of(12, 30));

    assertThat(train("VOD.L", "2026-12-24T12:31:00Z")).as(err.toString()).isZero();

    Forecast forecast = forecast("VOD.L");
    assertThat(forecast.asOf()).isEqualTo(christmasEve);
    assertThat(forecast.forDate()).as("after Boxing Day").isEqualTo("2026-12-29");
    assertThat(forecast.closesAt()).isEqualTo("2026-12-29T16:30:00Z");
    assertThat(forecast.manifest().calendar()).isEqualTo("XLON");
    assertThat(forecast.manifest().data().zone()).isEqualTo("Europe/London");
  }

  @Test
  void aCryptocurrencysForecastIsForTheNextDayAlsoOnAWeekend() {
    LocalDate sunday = LocalDate.of(2026, 11, 22);
    yahoo("24/7", "CCC", ZoneId.of("UTC"), sunday, LocalTime.of(23, 59));

    assertThat(train("BTC-USD", "2026-11-22T00:30:00Z")).as(err.toString()).isZero();

    Forecast forecast = forecast("BTC-USD");
    assertThat(forecast.asOf()).as("the Sunday is not over").isEqualTo("2026-11-21");
    assertThat(forecast.forDate()).isEqualTo(sunday);
    assertThat(forecast.closesAt()).isEqualTo("2026-11-23T00:00:00Z");
    assertThat(forecast.manifest().calendar()).isEqualTo("24/7");
  }

  @Test
  void aCurrencysForecastAfterFridayIsForMonday() {
    LocalDate friday = LocalDate.of(2026, 11, 20);
    yahoo("24/5", "CCY", LONDON, friday, LocalTime.of(23, 59));

    assertThat(train("EURUSD=X", "2026-11-21T00:30:00Z")).as(err.toString()).isZero();

    Forecast forecast = forecast("EURUSD=X");
    assertThat(forecast.asOf()).isEqualTo(friday);
    assertThat(forecast.forDate()).isEqualTo("2026-11-23");
    assertThat(forecast.closesAt()).isEqualTo("2026-11-24T00:00:00Z");
  }

  /** Sao Paulo is not in the table. Yahoo's time zone and trading period are all that is known. */
  @Test
  void aSessionThatYahooSaysIsOverIsOver() {
    ZoneId zone = ZoneId.of("America/Sao_Paulo");
    LocalDate day = LocalDate.of(2026, 11, 24);
    yahoo("weekdays", "SAO", zone, day, LocalTime.of(18, 0));

    assertThat(train("PETR4.SA", "2026-11-24T21:05:00Z")).as(err.toString()).isZero();

    Forecast forecast = forecast("PETR4.SA");
    assertThat(forecast.asOf()).isEqualTo(day);
    assertThat(forecast.closesAt())
        .as("18:00 in Sao Paulo, and not midnight")
        .isEqualTo("2026-11-25T21:00:00Z");
    assertThat(forecast.manifest().calendar()).isEqualTo("weekdays@18:00");
  }

  /** The exchange trades from 18:00 to 19:15 on the Sunday of Diwali, which the table lacks. */
  @Test
  void theEveningSessionOfAHolidayDoesNotMoveTheCloseOfTheNextSession() {
    ZoneId mumbai = ZoneId.of("Asia/Kolkata");
    yahoo("XNSE", "NSI", mumbai, LocalDate.of(2026, 11, 6), LocalTime.of(15, 30));
    yahooSession(LocalDate.of(2026, 11, 8), LocalTime.of(18, 0), LocalTime.of(19, 15), mumbai);

    assertThat(train("INFY.NS", "2026-11-08T14:00:00Z")).as(err.toString()).isZero();

    assertThat(forecast("INFY.NS").manifest().calendar()).isEqualTo("XNSE");
    assertThat(forecast("INFY.NS").forDate()).isEqualTo("2026-11-09");
    assertThat(forecast("INFY.NS").closesAt()).as("15:30").isEqualTo("2026-11-09T10:00:00Z");
  }

  @Test
  void anUnscheduledEarlyCloseHoldsForItsDayOnly() {
    LocalDate monday = LocalDate.of(2026, 11, 23);
    yahoo("XNYS", "PCX", Prices.NEW_YORK, monday, LocalTime.of(16, 0));
    LocalDate tuesday = monday.plusDays(1);
    yahooSession(tuesday, LocalTime.of(9, 30), LocalTime.of(13, 0), Prices.NEW_YORK);

    assertThat(train("SPY", "2026-11-24T15:00:00Z")).as(err.toString()).isZero();

    assertThat(forecast("SPY").forDate()).isEqualTo(tuesday);
    assertThat(forecast("SPY").closesAt()).as("13:00").isEqualTo("2026-11-24T18:00:00Z");

    yahoo("XNYS", "PCX", Prices.NEW_YORK, tuesday, LocalTime.of(13, 0));
    assertThat(train("QQQ", "2026-11-24T22:30:00Z")).as(err.toString()).isZero();

    assertThat(forecast("QQQ").manifest().calendar()).isEqualTo("XNYS");
    assertThat(forecast("QQQ").closesAt()).as("16:00").isEqualTo("2026-11-25T21:00:00Z");
  }

  /** The floor of Frankfurt trades until 22:00, when Xetra has been closed for hours. */
  @Test
  void aTickerOfTheFloorOfFrankfurtIsTrainedAndForecastForItsOwnClose() {
    LocalDate day = LocalDate.of(2026, 11, 24);
    yahoo("XFRA", "FRA", ZoneId.of("Europe/Berlin"), day, LocalTime.of(22, 0));

    assertThat(train("SAP.F", "2026-11-24T22:30:00Z")).as(err.toString()).isZero();

    assertThat(forecast("SAP.F").asOf()).isEqualTo(day);
    assertThat(forecast("SAP.F").closesAt()).isEqualTo("2026-11-25T21:00:00Z");
    assertThat(forecast("SAP.F").manifest().calendar()).isEqualTo("XFRA");
  }

  @Test
  void pricesFromBeforeALongClosureAreNotStale() {
    LocalDate beforeEid = LocalDate.of(2026, 5, 21);
    yahoo("XSAU", "SAU", ZoneId.of("Asia/Riyadh"), beforeEid, LocalTime.of(15, 0));

    assertThat(train("2222.SR", "2026-05-30T12:00:00Z")).as(err.toString()).isZero();

    assertThat(forecast("2222.SR").forDate()).isEqualTo("2026-05-31");
  }

  /** Such as ^VIX, whose last price is that of 15:15 in Chicago. */
  @Test
  void anIndexOfAnotherZoneHasTheSessionsThatItsDaysFit() {
    ZoneId chicago = ZoneId.of("America/Chicago");
    LocalDate day = LocalDate.of(2026, 11, 25);
    yahoo("XNYS", "WCB", chicago, day, LocalTime.of(15, 15));

    assertThat(train("^VIX", "2026-11-25T21:20:00Z")).as(err.toString()).isZero();

    assertThat(forecast("^VIX").manifest().calendar()).isEqualTo("XNYS@15:15");
    assertThat(forecast("^VIX").forDate()).as("after Thanksgiving").isEqualTo("2026-11-27");
    assertThat(forecast("^VIX").closesAt())
        .as("13:00 in New York")
        .isEqualTo("2026-11-27T18:00:00Z");
  }

  @Test
  void yahoosTimeZoneWinsOverTheSymbolsSuffix() {
    LocalDate day = LocalDate.of(2026, 11, 24);
    yahoo("XNYS", "", Prices.NEW_YORK, day, LocalTime.of(16, 0));

    assertThat(train("VOD.L", "2026-11-24T22:00:00Z")).as(err.toString()).isZero();

    assertThat(forecast("VOD.L").manifest().calendar()).isEqualTo("XNYS");
    assertThat(forecast("VOD.L").closesAt()).isEqualTo("2026-11-25T21:00:00Z");
  }

  @Test
  void theSettingExchangeWinsOverYahoosName() {
    LocalDate day = LocalDate.of(2026, 11, 25);
    yahoo("XNYS", "NYQ", Prices.NEW_YORK, day, LocalTime.of(16, 0));

    assertThat(train("SPY", "2026-11-25T22:00:00Z", "--exchange", "XTSE")).isZero();

    assertThat(forecast("SPY").forDate()).as("Thanksgiving").isEqualTo("2026-11-26");
    assertThat(forecast("SPY").manifest().calendar()).isEqualTo("XTSE");
  }

  @Test
  void beyondTheTablesEndAWarningSaysThatWeekdaysAreUsed() {
    LocalDate day = LocalDate.of(2027, 1, 25);
    yahoo("XNSE", "NSI", ZoneId.of("Asia/Kolkata"), day, LocalTime.of(15, 30));

    assertThat(train("TCS.NS", "2027-01-25T12:00:00Z")).as(err.toString()).isZero();

    assertThat(forecast("TCS.NS").forDate())
        .as("Republic Day, which the table does not know")
        .isEqualTo("2027-01-26");
    assertThat(lines())
        .anyMatch(
            line ->
                line.contains("holidays-unknown")
                    && line.contains("exchange=XNSE lastKnown=2026-12-31 forDate=2027-01-26"));
  }

  @Test
  void theExchangeOfAFileIsGuessedFromItsDaysAndSaid() throws IOException {
    Path file = csv("XTKS", LocalDate.of(2026, 11, 20));

    assertThat(train("SPY", "2026-11-24T12:00:00Z", "--source", "csv:" + file)).isZero();

    Forecast forecast = forecast("SPY");
    assertThat(forecast.manifest().calendar()).isEqualTo("XTKS");
    assertThat(forecast.forDate()).as("after Labour Thanksgiving").isEqualTo("2026-11-24");
    assertThat(forecast.closesAt()).isEqualTo("2026-11-24T06:30:00Z");
    assertThat(lines())
        .anyMatch(line -> line.contains("exchange-guessed") && line.contains("exchange=XTKS"));
  }

  @Test
  void theSettingExchangeWinsOverTheDaysOfAFileAndAWarningSaysIfTheyContradictIt()
      throws IOException {
    Path file = csv("24/7", LocalDate.of(2026, 11, 22));

    assertThat(
            train("SPY", "2026-11-24T12:00:00Z", "--source", "csv:" + file, "--exchange", "XLON"))
        .isZero();

    assertThat(forecast("SPY").manifest().calendar()).isEqualTo("XLON");
    assertThat(lines())
        .anyMatch(line -> line.contains("exchange-contradicted") && line.contains("guess=24/7"));
  }

  @Test
  void theSampleOfATickerHasTheSessionsOfItsExchange() {
    assertThat(train("BTC-USD", "2026-11-22T12:00:00Z", "--source", "sample")).isZero();

    assertThat(forecast("BTC-USD").asOf()).as("a Saturday").isEqualTo("2026-11-21");
    assertThat(forecast("BTC-USD").manifest().calendar()).isEqualTo("24/7");
  }

  @Test
  void anUnknownExchangeIsAWrongSettingAndTheMessageListsTheExchanges() {
    assertThat(train("SPY", "2026-11-24T12:00:00Z", "--exchange", "LSE")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "--exchange is 'LSE': auto or one of [XNYS, XNAS, XLON,", "24/5, 24/7, weekdays]");
  }

  private int train(String ticker, String now, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--ticker",
                ticker,
                "--trees",
                "5",
                "--history",
                "2y",
                "--store",
                directory.resolve("models").toString(),
                "--yahoo-base-url",
                "http://127.0.0.1:" + server.getAddress().getPort()));
    arguments.addAll(Arrays.asList(more));
    return Main.run(
        arguments.toArray(String[]::new),
        Map.of(),
        Clock.fixed(Instant.parse(now), ZoneOffset.UTC),
        new PrintWriter(new StringWriter()),
        new PrintWriter(err, true));
  }

  /** The forecast that the API makes of the store. */
  private Forecast forecast(String symbol) {
    TickerStore store =
        new ModelStore(new DirectoryStorage(directory.resolve("models"))).ticker(Ticker.of(symbol));
    ModelVersion champion = store.load(store.champion().orElseThrow().version());
    return Forecast.of(
        champion, store.latest().ofSchema(champion.model().schemaId()).orElseThrow());
  }

  private List<String> lines() {
    return List.copyOf(log.list).stream().map(LogLine::of).toList();
  }

  /**
   * Answers with the sessions of an exchange up to {@code last}, whose session ends at {@code end}.
   */
  private void yahoo(
      String exchange, String exchangeName, ZoneId zone, LocalDate last, LocalTime end) {
    List<LocalDate> days = days(exchange, last);
    LocalTime start = exchange.startsWith("24/") ? LocalTime.MIDNIGHT : OPENING;
    List<DailyPrice> rows = Prices.walk(Prices.FRIDAY, days.size(), 1);
    Map<String, Object> period =
        Map.of("start", second(last, start, zone), "end", second(last, end, zone));
    Map<String, Object> meta =
        Map.of(
            "exchangeName",
            exchangeName,
            "exchangeTimezoneName",
            zone.getId(),
            "dataGranularity",
            "1d",
            "currentTradingPeriod",
            Map.of("regular", period));
    Map<String, Object> quote =
        Map.of(
            "open", rows.stream().map(DailyPrice::open).toList(),
            "high", rows.stream().map(DailyPrice::high).toList(),
            "low", rows.stream().map(DailyPrice::low).toList(),
            "close", rows.stream().map(DailyPrice::close).toList(),
            "volume", rows.stream().map(DailyPrice::volume).toList());
    Map<String, Object> adjusted =
        Map.of("adjclose", rows.stream().map(DailyPrice::adjustedClose).toList());
    Map<String, Object> result =
        Map.of(
            "meta", meta,
            "timestamp", days.stream().map(day -> second(day, start, zone)).toList(),
            "indicators", Map.of("quote", List.of(quote), "adjclose", List.of(adjusted)));
    chart = new Gson().toJson(Map.of("chart", Map.of("result", List.of(result))));
  }

  /** Replaces the current trading period of the answer. */
  private void yahooSession(LocalDate day, LocalTime start, LocalTime end, ZoneId zone) {
    JsonObject answer = JsonParser.parseString(chart).getAsJsonObject();
    JsonObject period =
        answer
            .getAsJsonObject("chart")
            .getAsJsonArray("result")
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("meta")
            .getAsJsonObject("currentTradingPeriod")
            .getAsJsonObject("regular");
    period.addProperty("start", second(day, start, zone));
    period.addProperty("end", second(day, end, zone));
    chart = answer.toString();
  }

  private Path csv(String exchange, LocalDate last) throws IOException {
    StringBuilder text = new StringBuilder("Date,Open,High,Low,Close,Adj Close,Volume\n");
    List<LocalDate> days = days(exchange, last);
    List<DailyPrice> rows = Prices.walk(Prices.FRIDAY, days.size(), 1);
    for (int i = 0; i < days.size(); i++) {
      DailyPrice row = rows.get(i);
      text.append(days.get(i)).append(',').append(row.open()).append(',').append(row.high());
      text.append(',').append(row.low()).append(',').append(row.close()).append(',');
      text.append(row.adjustedClose()).append(',').append(row.volume()).append('\n');
    }
    return Files.writeString(directory.resolve("prices.csv"), text);
  }

  private static List<LocalDate> days(String exchange, LocalDate last) {
    List<LocalDate> days =
        TradingCalendar.of(Exchanges.of(exchange)).sessionsBetween(last.minusYears(2), last);
    return days.subList(days.size() - ROWS, days.size());
  }

  private static long second(LocalDate day, LocalTime time, ZoneId zone) {
    return day.atTime(time).atZone(zone).toEpochSecond();
  }
}
