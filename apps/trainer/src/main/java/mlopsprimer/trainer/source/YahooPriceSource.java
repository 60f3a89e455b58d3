package mlopsprimer.trainer.source;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import mlopsprimer.prices.PriceSeries;

/** Daily prices from Yahoo Finance's v8 chart endpoint, in one request. */
public final class YahooPriceSource implements PriceSource {
  /** A margin for weekends and holidays at the window's start. */
  private static final int MARGIN_DAYS = 14;

  private final URI baseUrl;
  private final YahooClient client;
  private final Clock clock;

  public YahooPriceSource(URI baseUrl, Clock clock) {
    this(baseUrl, YahooClient.withDefaults(), clock);
  }

  YahooPriceSource(URI baseUrl, YahooClient client, Clock clock) {
    this.baseUrl = baseUrl;
    this.client = client;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "yahoo";
  }

  @Override
  public PriceSeries fetch(PriceRequest request) {
    Instant now = clock.instant();
    URI url = chartUrl(request, now);
    return client.get(
        url, request.patience(), body -> YahooChart.parse(body, request.ticker(), name(), now));
  }

  /**
   * History counts back from the newest row, whose day is known only afterwards. A fresh series has
   * one within a week; of a stale one everything is asked for.
   */
  private URI chartUrl(PriceRequest request, Instant now) {
    LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
    LocalDate last = request.asOf().orElse(today);
    long from =
        request.allowStale()
            ? 0
            : epochSecond(
                last.minus(request.history()).minusDays(PriceChecks.OLDEST_DAYS + MARGIN_DAYS));
    long to = Math.min(epochSecond(last.plusDays(2)), now.getEpochSecond());
    return URI.create(
        "%s/v8/finance/chart/%s?period1=%s&period2=%s&interval=1d&includeAdjustedClose=true"
            .formatted(
                baseUrl.toString().replaceAll("/+$", ""),
                request.ticker().urlSegment(),
                Math.max(0, from),
                to));
  }

  private static long epochSecond(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
  }
}
