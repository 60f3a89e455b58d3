package mlopsprimer.trainer.source;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import com.google.gson.Gson;
import com.google.gson.JsonIOException;
import com.google.gson.JsonParseException;
import com.google.gson.JsonSyntaxException;
import com.google.gson.annotations.SerializedName;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import mlopsprimer.contract.Exchange;
import mlopsprimer.contract.Ticker;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.prices.TradingCalendar;

/** Answer of Yahoo's v8 chart endpoint. The records have the structure of its JSON. */
record YahooChart(Chart chart) {
  private static final Gson GSON = new Gson();

  /** Remedy if Yahoo's answer has another form than this program expects. */
  static final String OTHER_SOURCE =
      "the form of the answer may have changed, so use another --source";

  private static final Comparator<Long> OLDEST_FIRST = nullsFirst(naturalOrder());

  record Chart(List<Result> result, ChartError error) {}

  record ChartError(String code, String description) {}

  record Result(YahooMeta meta, List<Long> timestamp, Indicators indicators, YahooEvents events) {}

  record Indicators(List<Quote> quote, List<AdjustedClose> adjclose) {}

  record Quote(
      List<Double> open,
      List<Double> high,
      List<Double> low,
      List<Double> close,
      List<Double> volume) {}

  record AdjustedClose(@SerializedName("adjclose") List<Double> values) {}

  /**
   * Parses an answer, and leaves out the sessions that have not closed. Yahoo's time zone and the
   * end of its current trading period win over the calendar that {@code choice} finds.
   *
   * @throws BadDataException if the answer is complete JSON but not a chart with prices
   * @throws SourceUnreachableException if the answer is not complete JSON
   */
  static PriceSeries parse(
      String json, PriceRequest request, DataSource source, ExchangeChoice choice, Instant now) {
    Ticker ticker = request.ticker();
    Result result = result(json, ticker);
    YahooMeta meta = result.meta();
    ZoneId zone = meta.zone(ticker);
    meta.requireDailyPricesOf(ticker);
    Quote quote = first(result.indicators().quote(), "quote", ticker);
    List<Double> adjusted = first(result.indicators().adjclose(), "adjclose", ticker).values();
    int rows = result.timestamp().size();
    requireLength("open", quote.open(), rows, ticker);
    requireLength("high", quote.high(), rows, ticker);
    requireLength("low", quote.low(), rows, ticker);
    requireLength("close", quote.close(), rows, ticker);
    requireLength("volume", quote.volume(), rows, ticker);
    requireLength("adjclose", adjusted, rows, ticker);

    PriceRows prices = new PriceRows(PriceRows.Repeated.LATER_WINS);
    prices.markSplitsKnown();
    if (result.events() != null) {
      result.events().factors().forEach((t, factor) -> prices.addSplit(session(t, zone), factor));
    }
    List<Integer> given = IntStream.range(0, rows).boxed().toList();
    List<Integer> byTime =
        given.stream().sorted(comparing(result.timestamp()::get, OLDEST_FIRST)).toList();
    if (!byTime.equals(given)) {
      prices.markUnsorted();
    }
    for (int i : byTime) { // in the order of time, so that the later of two rows of one day is kept
      Long time = result.timestamp().get(i);
      if (time == null) {
        prices.leaveOutIncomplete();
      } else if (session(time, zone).isAfter(now.atZone(zone).toLocalDate())) {
        prices.leaveOutUnfinished();
      } else {
        prices.add(
            new RawRow(
                session(time, zone),
                quote.open().get(i),
                quote.high().get(i),
                quote.low().get(i),
                quote.close().get(i),
                adjusted.get(i),
                quote.volume().get(i),
                "",
                ""));
      }
    }
    Optional<TradingPeriod> period = meta.period(zone);
    Exchange exchange = choice.ofYahoo(ticker, meta.exchangeName(), zone, prices.days(request));
    TradingCalendar calendar = TradingCalendar.of(exchange);
    TradingCalendar withClose =
        period
            .map(known -> calendar.withClose(known.day(), known.end(), zone, now))
            .orElse(calendar);
    return prices.toSeries(
        request,
        source,
        zone,
        withClose,
        day ->
            period
                .flatMap(known -> known.isOver(day, now))
                .orElseGet(() -> !withClose.closeOf(day, zone).isAfter(now)));
  }

  private static Result result(String json, Ticker ticker) {
    YahooChart answer = read(json, ticker);
    if (answer == null || answer.chart() == null) {
      throw new BadDataException(
          "no chart in Yahoo's answer: ticker=%s; %s".formatted(ticker, OTHER_SOURCE));
    }
    if (answer.chart().error() != null) {
      throw new BadDataException(
          "Yahoo has no chart: ticker=%s code=%s description=%s; check the symbol"
              .formatted(
                  ticker, answer.chart().error().code(), answer.chart().error().description()));
    }
    Result result = first(answer.chart().result(), "result", ticker);
    if (result.timestamp() == null || result.timestamp().isEmpty()) {
      throw new BadDataException(
          "Yahoo has no prices: ticker=%s; check the symbol and the history".formatted(ticker));
    }
    requirePresent("meta", result.meta(), ticker);
    requirePresent("indicators", result.indicators(), ticker);
    return result;
  }

  private static void requirePresent(String name, Object part, Ticker ticker) {
    if (part == null) {
      throw new BadDataException(
          "no object %s in Yahoo's answer: ticker=%s; %s".formatted(name, ticker, OTHER_SOURCE));
    }
  }

  private static YahooChart read(String json, Ticker ticker) {
    try {
      return GSON.fromJson(json, YahooChart.class);
    } catch (JsonSyntaxException e) {
      if (e.getCause() instanceof EOFException || e.getCause() instanceof MalformedJsonException) {
        throw new SourceUnreachableException(
            "Yahoo's answer is not complete JSON: ticker=%s characters=%s cause=%s; try again later"
                .formatted(ticker, json.length(), firstLine(e.getCause())),
            e);
      }
      throw notAChart(e, ticker);
    } catch (JsonIOException e) {
      throw new SourceUnreachableException(
          "Yahoo's answer cannot be read: ticker=%s cause=%s; try again later"
              .formatted(ticker, firstLine(e)),
          e);
    } catch (JsonParseException | NumberFormatException e) {
      throw notAChart(e, ticker);
    }
  }

  private static BadDataException notAChart(RuntimeException cause, Ticker ticker) {
    return new BadDataException(
        "Yahoo's answer is not a chart: ticker=%s cause=%s; %s"
            .formatted(ticker, firstLine(cause), OTHER_SOURCE),
        cause);
  }

  /** First line of the message. Gson adds a second line that refers to its manual. */
  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  private static <T> T first(List<T> list, String name, Ticker ticker) {
    if (list == null || list.isEmpty() || list.get(0) == null) {
      throw new BadDataException(
          "no array %s in Yahoo's answer: ticker=%s; %s".formatted(name, ticker, OTHER_SOURCE));
    }
    return list.get(0);
  }

  private static void requireLength(String name, List<?> array, int rows, Ticker ticker) {
    if (array == null || array.size() != rows) {
      throw new BadDataException(
          "array %s has %s values for %s days in Yahoo's answer: ticker=%s; %s"
              .formatted(name, array == null ? "no" : array.size(), rows, ticker, OTHER_SOURCE));
    }
  }

  /** Day of the session that a time stamps. */
  private static LocalDate session(long timestamp, ZoneId zone) {
    try {
      return DayReader.sessionOf(Instant.ofEpochSecond(timestamp).atZone(zone).toLocalDateTime());
    } catch (DateTimeException e) {
      throw new BadDataException(
          "impossible time in Yahoo's answer: %s; %s".formatted(timestamp, OTHER_SOURCE), e);
    }
  }
}
