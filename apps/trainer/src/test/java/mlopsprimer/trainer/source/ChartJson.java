package mlopsprimer.trainer.source;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import mlopsprimer.prices.DailyPrice;

/**
 * An answer of the v8 chart endpoint of Yahoo. The methods add the faults that answers of Yahoo are
 * known to have.
 */
final class ChartJson {
  private final JsonObject meta = new JsonObject();
  private final JsonArray timestamp = new JsonArray();
  private final JsonObject quote = new JsonObject();
  private final JsonArray adjusted = new JsonArray();
  private final JsonObject result = new JsonObject();

  private ChartJson(List<DailyPrice> rows) {
    meta.addProperty("currency", "USD");
    meta.addProperty("symbol", "SPY");
    meta.addProperty("exchangeTimezoneName", "America/New_York");
    rows.forEach(row -> timestamp.add(secondOf(row.day(), LocalTime.of(9, 30))));
    column("open", rows, DailyPrice::open);
    column("high", rows, DailyPrice::high);
    column("low", rows, DailyPrice::low);
    column("close", rows, DailyPrice::close);
    column("volume", rows, row -> (long) row.volume());
    rows.forEach(row -> adjusted.add(row.adjustedClose()));
    JsonObject adjclose = new JsonObject();
    adjclose.add("adjclose", adjusted);
    JsonObject indicators = new JsonObject();
    indicators.add("quote", arrayOf(quote));
    indicators.add("adjclose", arrayOf(adjclose));
    result.add("meta", meta);
    result.add("timestamp", timestamp);
    result.add("indicators", indicators);
    session(Market.FRIDAY, LocalTime.of(9, 30), LocalTime.of(16, 0));
  }

  static ChartJson of(List<DailyPrice> rows) {
    return new ChartJson(rows);
  }

  /** Three hundred good rows. */
  static ChartJson good() {
    return of(Market.walk());
  }

  static long secondOf(LocalDate day, LocalTime time) {
    return day.atTime(time).atZone(Market.NEW_YORK).toEpochSecond();
  }

  /** An answer that has an error and no result. */
  static String error(String code, String description) {
    return """
        {"chart":{"result":null,"error":{"code":"%s","description":"%s"}}}"""
        .formatted(code, description);
  }

  /** An answer for a symbol without a trade. It has no timestamps, and an empty quote. */
  static String empty() {
    return """
        {"chart":{"result":[{"meta":{"exchangeTimezoneName":"America/New_York"},\
        "indicators":{"quote":[{}],"adjclose":[{}]}}],"error":null}}""";
  }

  /**
   * Replaces one value of an array.
   *
   * @param array {@code open}, {@code high}, {@code low}, {@code close}, {@code volume} or {@code
   *     adjclose}
   * @param value null for a JSON null
   */
  ChartJson with(String array, int row, Double value) {
    array(array).set(row, value == null ? JsonNull.INSTANCE : new JsonPrimitive(value));
    return this;
  }

  /** Replaces all prices of a row by null and keeps its volume, as Yahoo does for recent days. */
  ChartJson withoutPrices(int row) {
    for (String array : List.of("open", "high", "low", "close", "adjclose")) {
      with(array, row, null);
    }
    return this;
  }

  /** Adds a row with any time, such as a live price or a time in the future. */
  ChartJson plus(LocalDate day, LocalTime time, double price) {
    timestamp.add(secondOf(day, time));
    for (String array : List.of("open", "high", "low", "close", "volume", "adjclose")) {
      array(array).add(price);
    }
    return this;
  }

  ChartJson shuffled(long seed) {
    for (String array :
        List.of("timestamp", "open", "high", "low", "close", "volume", "adjclose")) {
      Collections.shuffle(array(array).asList(), new Random(seed));
    }
    return this;
  }

  ChartJson shortened(String array) {
    array(array).remove(0);
    return this;
  }

  ChartJson without(String array) {
    if (array.equals("adjclose")) {
      result.getAsJsonObject("indicators").remove(array);
    } else {
      quote.remove(array);
    }
    return this;
  }

  ChartJson withTimestamp(int row, JsonElement value) {
    timestamp.set(row, value);
    return this;
  }

  ChartJson symbol(String symbol) {
    meta.addProperty("symbol", symbol);
    return this;
  }

  /** Says how long the bars are: 1d, 1wk, 1h. */
  ChartJson granularity(String granularity) {
    meta.addProperty("dataGranularity", granularity);
    return this;
  }

  ChartJson split(LocalDate day, int numerator, int denominator) {
    JsonObject split = new JsonObject();
    long date = secondOf(day, LocalTime.of(9, 30));
    split.addProperty("date", date);
    split.addProperty("numerator", numerator);
    split.addProperty("denominator", denominator);
    split.addProperty("splitRatio", numerator + ":" + denominator);
    JsonObject splits = new JsonObject();
    splits.add(String.valueOf(date), split);
    JsonObject events = new JsonObject();
    events.add("splits", splits);
    result.add("events", events);
    return this;
  }

  ChartJson zone(String name) {
    meta.addProperty("exchangeTimezoneName", name);
    return this;
  }

  ChartJson withoutMeta() {
    result.remove("meta");
    return this;
  }

  ChartJson withoutSession() {
    meta.remove("currentTradingPeriod");
    return this;
  }

  ChartJson session(LocalDate day, LocalTime start, LocalTime end) {
    JsonObject regular = new JsonObject();
    regular.addProperty("timezone", "EST");
    regular.addProperty("start", secondOf(day, start));
    regular.addProperty("end", secondOf(day, end));
    JsonObject period = new JsonObject();
    period.add("regular", regular);
    meta.add("currentTradingPeriod", period);
    return this;
  }

  String text() {
    JsonObject chart = new JsonObject();
    chart.add("result", arrayOf(result));
    chart.add("error", JsonNull.INSTANCE);
    JsonObject answer = new JsonObject();
    answer.add("chart", chart);
    return answer.toString();
  }

  private void column(String name, List<DailyPrice> rows, Function<DailyPrice, Number> value) {
    JsonArray array = new JsonArray();
    rows.forEach(row -> array.add(value.apply(row)));
    quote.add(name, array);
  }

  private JsonArray array(String name) {
    return switch (name) {
      case "timestamp" -> timestamp;
      case "adjclose" -> adjusted;
      default -> quote.getAsJsonArray(name);
    };
  }

  private static JsonArray arrayOf(JsonElement element) {
    JsonArray array = new JsonArray();
    array.add(element);
    return array;
  }
}
