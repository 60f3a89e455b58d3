package mlopsprimer.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;
import mlopsprimer.contract.Ticker;
import mlopsprimer.prices.DataSource;

/**
 * Reads and writes the JSON of the store and of the API. Days and times are ISO 8601, tickers and
 * data sources are plain strings, and nulls are written.
 */
public final class Json {
  private static final Gson COMPACT = builder().create();
  private static final Gson PRETTY = builder().setPrettyPrinting().create();

  private Json() {}

  /** Writes JSON on one line. */
  public static String line(Object value) {
    return COMPACT.toJson(value);
  }

  /** Writes indented JSON, for files that people read. */
  public static byte[] document(Object value) {
    return (PRETTY.toJson(value) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Parses JSON.
   *
   * @throws JsonParseException if the text is not JSON of that type, or if the constructor of a
   *     record refuses a value
   */
  public static <T> T read(String text, Class<T> type) {
    try {
      T value = COMPACT.fromJson(text, type);
      if (value == null) {
        throw new JsonParseException("the text is empty or null");
      }
      return value;
    } catch (JsonParseException e) {
      throw e;
    } catch (RuntimeException e) {
      // Gson wraps an exception of a record's constructor in a plain RuntimeException.
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new JsonParseException(String.valueOf(cause.getMessage()), e);
    }
  }

  private static GsonBuilder builder() {
    return new GsonBuilder()
        .disableHtmlEscaping()
        .serializeNulls()
        .registerTypeAdapter(LocalDate.class, text(LocalDate::parse))
        .registerTypeAdapter(Instant.class, text(Instant::parse))
        .registerTypeAdapter(Ticker.class, text(Ticker::of))
        .registerTypeAdapter(DataSource.class, text(DataSource::new));
  }

  private static <T> TypeAdapter<T> text(Function<String, T> parse) {
    return new TypeAdapter<T>() {
      @Override
      public void write(JsonWriter out, T value) throws IOException {
        out.value(value.toString());
      }

      @Override
      public T read(JsonReader in) throws IOException {
        try {
          return parse.apply(in.nextString());
        } catch (DateTimeException | IllegalArgumentException e) {
          throw new JsonParseException(e.getMessage(), e);
        }
      }
    }.nullSafe();
  }
}
