package mlopsprimer.trainer.source;

import com.google.auto.service.AutoService;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import mlopsprimer.contract.TrainerSettings;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.PriceSeries;

/** Daily prices from the v8 chart endpoint of Yahoo Finance, fetched with one request. */
public final class YahooPriceSource implements PriceSource {
  /** Data source of a series from Yahoo. */
  public static final DataSource YAHOO = new DataSource("yahoo");

  /** Both hosts of Yahoo. The first one is the default of the setting yahoo-base-url. */
  private static final List<URI> HOSTS =
      List.of(
          URI.create("https://query1.finance.yahoo.com"),
          URI.create("https://query2.finance.yahoo.com"));

  /** Days that are added to the start of the requested period, for weekends and holidays. */
  private static final int MARGIN_DAYS = 14;

  /** Opens the source {@code yahoo}. */
  @AutoService(PriceSourceFactory.class)
  public static final class Factory implements PriceSourceFactory {
    @Override
    public String name() {
      return YAHOO.name();
    }

    @Override
    public PriceSource open(Optional<String> argument, SourceSettings settings) {
      URI first = settings.settings().get(TrainerSettings.YAHOO_BASE_URL).uri();
      return new YahooPriceSource(
          first.equals(HOSTS.get(0)) ? HOSTS : List.of(first),
          YahooClient.withDefaults(
              settings.settings().get(TrainerSettings.USER_AGENT),
              settings.environment(),
              settings.pace()),
          ExchangeChoice.of(settings),
          settings.clock());
    }
  }

  private final List<URI> baseUrls;
  private final YahooClient client;
  private final ExchangeChoice choice;
  private final Clock clock;

  YahooPriceSource(List<URI> baseUrls, YahooClient client, Clock clock) {
    this(baseUrls, client, ExchangeChoice.AUTO, clock);
  }

  /**
   * @param baseUrls hosts with the same prices; each attempt uses the next one
   */
  private YahooPriceSource(
      List<URI> baseUrls, YahooClient client, ExchangeChoice choice, Clock clock) {
    this.baseUrls = List.copyOf(baseUrls);
    this.client = client;
    this.choice = choice;
    this.clock = clock;
  }

  @Override
  public String name() {
    return YAHOO.name();
  }

  @Override
  public PriceSeries fetch(PriceRequest request) {
    Instant now = clock.instant();
    List<URI> urls = baseUrls.stream().map(base -> chartUrl(base, request, now)).toList();
    return client.get(
        urls, request.patience(), body -> YahooChart.parse(body, request, YAHOO, choice, now));
  }

  /**
   * URL of the chart. The history counts back from the newest row, and only the answer has the day
   * of that row. So the requested period starts earlier, by the most days that the newest row of a
   * fresh series can be old. A request that accepts a stale series asks for all rows.
   */
  private static URI chartUrl(URI baseUrl, PriceRequest request, Instant now) {
    LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
    LocalDate last = request.asOf().orElse(today);
    long from =
        request.allowStale()
            ? 0
            : epochSecond(
                last.minus(request.history()).minusDays(PriceChecks.OLDEST_DAYS + MARGIN_DAYS));
    long to = Math.min(epochSecond(last.plusDays(2)), now.getEpochSecond());
    return URI.create(
        "%s/v8/finance/chart/%s?period1=%s&period2=%s&interval=1d&includeAdjustedClose=true&events=split"
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
