package mlopsprimer.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import mlopsprimer.contract.Ticker;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.trainer.source.MisbehavingServer.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YahooAnswerTest {
  private static final Answer GOOD = Answer.json(ChartJson.good().text());
  private static final String PAGE = "<!doctype html><html><title>Yahoo is part of</title></html>";

  @Test
  void aGoodAnswerIsASeries() throws IOException {
    try (var server = new MisbehavingServer(GOOD)) {
      assertThat(YahooFixture.fetch(server)).isEqualTo(Market.series("yahoo"));
    }
  }

  @Test
  void theRequestHasTheHeadersOfABrowser() throws IOException {
    try (var server = new MisbehavingServer(GOOD)) {
      YahooFixture.fetch(server);
      Request request = server.requests().get(0);
      assertThat(request.headers().get("user-agent"))
          .startsWith("Mozilla/5.0 (")
          .contains("Chrome");
      assertThat(request.headers()).containsEntry("accept-encoding", "gzip");
      assertThat(request.headers()).containsEntry("accept-language", "en-US,en;q=0.9");
      assertThat(request.headers()).doesNotContainKeys("upgrade", "http2-settings");
    }
  }

  @Test
  void theRequestHasNoBody() throws IOException {
    try (var server = new MisbehavingServer(GOOD)) {
      YahooFixture.fetch(server);
      // The client of Java 17.0.15 and older sends the length of the missing body (JDK-8283544).
      assertThat(server.requests().get(0).headers().getOrDefault("content-length", "0"))
          .isEqualTo("0");
    }
  }

  @Test
  void theRequestCoversTheHistoryAndAMargin() throws IOException {
    try (var server = new MisbehavingServer(GOOD)) {
      YahooFixture.fetch(server);
      long from = LocalDate.of(2023, 10, 12).toEpochDay() * 86_400;
      assertThat(server.requests().get(0).target())
          .isEqualTo(
              "/v8/finance/chart/SPY?period1=%s&period2=%s&interval=1d&includeAdjustedClose=true&events=split"
                  .formatted(from, Market.SATURDAY.getEpochSecond()));
    }
  }

  @Test
  void aRequestThatAllowsStalePricesCoversAllDays() throws IOException {
    try (var server = new MisbehavingServer(GOOD)) {
      fetch(
          server,
          new PriceRequest(
              Market.SPY, Period.ofYears(1), Optional.empty(), true, YahooFixture.LONG));
      assertThat(server.requests().get(0).target()).contains("period1=0&");
    }
  }

  @Test
  void theRequestEndsAtTheDayOfAsOf() throws IOException {
    LocalDate asOf = LocalDate.of(2024, 6, 3);
    try (var server = new MisbehavingServer(GOOD)) {
      fetch(
          server,
          new PriceRequest(
              Market.SPY, Period.ofYears(1), Optional.of(asOf), false, YahooFixture.LONG));
      long to = asOf.plusDays(2).toEpochDay() * 86_400;
      assertThat(server.requests().get(0).target()).contains("&period2=" + to + "&");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"^GSPC", "EURUSD=X", "BRK.B"})
  void everySymbolIsOneSegmentOfThePath(String symbol) throws IOException {
    Ticker ticker = Ticker.of(symbol);
    try (var server = new MisbehavingServer(Answer.json(ChartJson.good().symbol(symbol).text()))) {
      fetch(
          server,
          new PriceRequest(ticker, Period.ofYears(1), Optional.empty(), false, YahooFixture.LONG));
      assertThat(server.requests().get(0).target())
          .startsWith("/v8/finance/chart/" + ticker.urlSegment() + "?");
    }
  }

  @Test
  void aRefusalNamesTheSymbolAsItWasTyped() throws IOException {
    PriceRequest index =
        new PriceRequest(
            Ticker.of("^GSPC"), Period.ofYears(1), Optional.empty(), false, YahooFixture.LONG);
    try (var server = new MisbehavingServer(Answer.status(429))) {
      assertThatThrownBy(() -> fetch(server, index))
          .hasMessageContaining(server.url() + "/v8/finance/chart/^GSPC?");
    }
  }

  @Test
  void aConsentPageInPlaceOfPricesIsUnreachable() throws IOException {
    assertUnreachable(
        Answer.text(200, "text/html; charset=utf-8", PAGE), "a page or a text, not prices");
  }

  @Test
  void aPageWithTheTypeJsonIsUnreachable() throws IOException {
    assertUnreachable(
        Answer.text(200, "application/json", "\r\n" + PAGE), "a page or a text, not prices");
  }

  @Test
  void theBeginningOfAPageIsQuoted() throws IOException {
    Answer page = Answer.text(200, "text/html", PAGE + "x".repeat(500));
    try (var server = new MisbehavingServer(page)) {
      assertThatThrownBy(() -> YahooFixture.fetch(server))
          .hasMessageContaining(PAGE)
          .hasMessageContaining("x".repeat(200 - PAGE.length()))
          .hasMessageNotContaining("x".repeat(201 - PAGE.length()));
    }
  }

  @Test
  void tooManyRequestsAsTextIsARateLimit() throws IOException {
    Answer edge = Answer.text(200, "text/plain", "Edge: Too Many Requests");
    assertUnreachable(edge, "limits the rate");
    try (var server = new MisbehavingServer(edge, GOOD)) {
      assertThat(YahooFixture.fetch(server).rows()).hasSize(Market.SESSIONS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \r\n", "upstream connect error", "null", "[]", "\"sorry\""})
  void anAnswerThatIsNotAJsonObjectIsTriedAgain(String body) throws IOException {
    try (var server = new MisbehavingServer(Answer.json(body), GOOD)) {
      assertThat(YahooFixture.fetch(server).rows()).hasSize(Market.SESSIONS);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"chart\":null}", "{\"finance\":{}}", "{\"chart\":[]}"})
  void anotherObjectThanAChartIsBadData(String body) throws IOException {
    try (var server = new MisbehavingServer(Answer.json(body))) {
      assertThatThrownBy(() -> YahooFixture.fetch(server)).isInstanceOf(BadDataException.class);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void anErrorWithStatus200IsBadDataAndIsQuoted() throws IOException {
    try (var server =
        new MisbehavingServer(Answer.json(ChartJson.error("Not Found", "No data found")))) {
      assertThatThrownBy(() -> YahooFixture.fetch(server))
          .isInstanceOf(BadDataException.class)
          .hasMessageContaining("ticker=SPY code=Not Found description=No data found");
    }
  }

  @Test
  void aSymbolWithoutATradeIsBadData() throws IOException {
    try (var server = new MisbehavingServer(Answer.json(ChartJson.empty()))) {
      assertThatThrownBy(() -> YahooFixture.fetch(server))
          .isInstanceOf(BadDataException.class)
          .hasMessageContaining("no prices: ticker=SPY");
    }
  }

  @Test
  void aNewListingIsRefusedByTheChecks() throws IOException {
    String few = ChartJson.of(Market.walk().subList(290, 300)).text();
    try (var server = new MisbehavingServer(Answer.json(few))) {
      PriceSeries series = YahooFixture.fetch(server);
      assertThatThrownBy(() -> PriceChecks.requireEnoughRows(series))
          .isInstanceOf(BadDataException.class)
          .hasMessageContaining("rows=10 needed=250");
    }
  }

  @Test
  void theSessionIsLeftOutUntilItsLastSecond() throws IOException {
    ChartJson chart =
        ChartJson.good().session(Market.FRIDAY, LocalTime.of(9, 30), LocalTime.of(16, 0));
    Clock atTheBell = Clock.fixed(Instant.parse("2024-11-15T20:59:59Z"), ZoneOffset.UTC);
    try (var server = new MisbehavingServer(Answer.json(chart.text()))) {
      YahooExchange exchange = YahooFixture.exchange(YahooFixture.LONG, YahooFixture.LONG);
      YahooClient client = new YahooClient(exchange, YahooFixture.QUICK, new Random(1));
      assertThat(
              new YahooPriceSource(List.of(server.url()), client, atTheBell)
                  .fetch(Market.request())
                  .lastDay())
          .isEqualTo(Market.FRIDAY.minusDays(1));
    }
  }

  private static void assertUnreachable(Answer answer, String problem) throws IOException {
    try (var server = new MisbehavingServer(answer)) {
      assertThatThrownBy(() -> YahooFixture.fetch(server))
          .isInstanceOf(SourceUnreachableException.class)
          .hasMessageContaining(problem)
          .hasMessageContaining(server.url().toString());
      assertThat(server.requests()).hasSize(4);
    }
  }

  private static PriceSeries fetch(MisbehavingServer server, PriceRequest request) {
    return YahooFixture.source(server.url(), YahooFixture.LONG, YahooFixture.QUICK, new Random(1))
        .fetch(request);
  }
}
