package mlopsprimer.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Answers as Yahoo's chart endpoint does at the time of a clock: a bar for each session that has
 * started, the one in progress included, with the current trading period. The prices are a random
 * walk.
 */
final class SimulatedYahoo implements AutoCloseable {
  private final HttpServer server;
  private final Clock clock;
  private final ZoneId zone;
  private final String exchangeName;
  private final List<MarketSession> sessions;
  private final List<Double> closes = new ArrayList<>();

  SimulatedYahoo(Clock clock, ZoneId zone, String exchangeName, List<MarketSession> sessions)
      throws IOException {
    this.clock = clock;
    this.zone = zone;
    this.exchangeName = exchangeName;
    this.sessions = List.copyOf(sessions);
    Random random = new Random(1);
    double close = 100;
    for (int i = 0; i < sessions.size(); i++) {
      close *= Math.exp(0.01 * random.nextGaussian());
      closes.add(close);
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = chart().getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private String chart() {
    Instant now = clock.instant();
    List<MarketSession> started = sessions.stream().filter(each -> each.hasStarted(now)).toList();
    List<Double> prices = closes.subList(0, started.size());
    List<Double> volumes = prices.stream().map(price -> 1e6).toList();
    LocalDate today = now.atZone(zone).toLocalDate();
    MarketSession current =
        sessions.stream()
            .filter(each -> each.day().equals(today))
            .findFirst()
            .orElse(started.get(started.size() - 1));
    Map<String, Object> meta =
        Map.of(
            "exchangeName",
            exchangeName,
            "exchangeTimezoneName",
            zone.getId(),
            "dataGranularity",
            "1d",
            "currentTradingPeriod",
            Map.of(
                "regular",
                Map.of(
                    "start", current.start().getEpochSecond(),
                    "end", current.end().getEpochSecond())));
    Map<String, Object> quote =
        Map.of("open", prices, "high", prices, "low", prices, "close", prices, "volume", volumes);
    Map<String, Object> result =
        Map.of(
            "meta", meta,
            "timestamp", started.stream().map(each -> each.start().getEpochSecond()).toList(),
            "indicators",
                Map.of("quote", List.of(quote), "adjclose", List.of(Map.of("adjclose", prices))));
    return new Gson().toJson(Map.of("chart", Map.of("result", List.of(result))));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
