package mlopsprimer.trainer.source;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Reads the header Retry-After of an answer. */
final class RetryAfter {
  private RetryAfter() {}

  /**
   * Delay that the header asks for. The header has a number of seconds, or a time of the server's
   * clock. The delay is zero if the header is missing or has another form.
   */
  static Duration of(HttpHeaders headers) {
    String value = headers.firstValue("Retry-After").orElse("").strip();
    if (value.matches("\\d{1,8}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    if (value.matches("\\d+")) {
      return Duration.ofDays(365); // longer than any patience
    }
    try {
      String now = headers.firstValue("Date").orElse("");
      Duration until = Duration.between(httpDate(now), httpDate(value));
      return until.isNegative() ? Duration.ZERO : until;
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  private static Instant httpDate(String text) {
    return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }
}
