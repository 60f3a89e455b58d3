package mlopsprimer.trainer.source;

import com.google.auto.service.AutoService;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import mlopsprimer.contract.TrainerSettings;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.PriceSeries;

/** Daily prices from the v8 chart endpoint of Yahoo Finance, fetched with one request. */
public final class YahooPriceSource implements PriceSource {
  /** Source that the rows name. */
  public static final DataSource YAHOO = new DataSource("yahoo");

  /** Days that are added to the start of the requested period, for weekends and holidays. */
  private static final int MARGIN_DAYS = 14;

  /** Opens {@code yahoo}. */
  @AutoService(PriceSourceFactory.class)
  public static final class Factory implements PriceSourceFactory {
    @Override
    public String name() {
      return YAHOO.name();
    }

    @Override
    public PriceSource open(Optional<String> argument, SourceSettings settings) {
      return new YahooPriceSource(
          settings.settings().get(TrainerSettings.YAHOO_BASE_URL).uri(), settings.clock());
    }
  }

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
    return YAHOO.name();
  }

  @Override
  public PriceSeries fetch(PriceRequest request) {
    Instant now = clock.instant();
    URI url = chartUrl(request, now);
    return client.get(
        url, request.patience(), body -> YahooChart.parse(body, request.ticker(), YAHOO, now));
  }

  /**
   * URL of the chart. The history counts back from the newest row, whose day is not known before
   * the answer. The newest row of a fresh series is at most a week old, so the request starts a
   * week earlier. A request that accepts a stale series asks for all rows.
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
