package mlopsprimer.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class LineLayoutTest {
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();
  private final Logger log = logger();

  private Logger logger() {
    LoggerContext context = new LoggerContext();
    ch.qos.logback.classic.Logger logger = context.getLogger("test");
    logger.setLevel(Level.INFO);
    events.start();
    logger.addAppender(events);
    return logger;
  }

  @Test
  void aLineHasTimeLevelEventAndPairs() {
    log.atInfo()
        .addKeyValue("ticker", "^GSPC")
        .addKeyValue("to", LocalDate.of(2018, 12, 31))
        .log("prices");

    assertThat(new LineLayout().doLayout(events.list.get(0)))
        .matches("\\S+Z INFO event=prices ticker=\\^GSPC to=2018-12-31\n");
  }

  @Test
  void aValueWithASpaceIsQuoted() {
    log.atWarn().addKeyValue("cause", "no route").log("retry");

    assertThat(line()).isEqualTo("event=retry cause=\"no route\"");
  }

  @Test
  void anEmptyValueIsQuoted() {
    log.atInfo().addKeyValue("reason", "").log("stopped");

    assertThat(line()).isEqualTo("event=stopped reason=\"\"");
  }

  @Test
  void aValueWithQuotesAndEndsOfLinesStaysOnOneLine() {
    log.atInfo().addKeyValue("body", "a \"b\"\r\nc\\d\u0007").log("answer");

    assertThat(line()).isEqualTo("event=answer body=\"a \\\"b\\\"\\r\\nc\\\\d\\u0007\"");
  }

  @Test
  void aMessageWithSpacesIsQuoted() {
    log.error("Failed to start");

    assertThat(line()).isEqualTo("event=\"Failed to start\"");
  }

  @Test
  void aFormattedMessageIsUnchanged() {
    log.info("event=listening port={} cause=\"{}\"", 8080, "none at all");

    assertThat(line()).isEqualTo("event=listening port=8080 cause=\"none at all\"");
  }

  @Test
  void aFailureIsFollowedByItsStackTrace() {
    log.atError().setCause(new IllegalStateException("a bug")).log("internal-error");

    assertThat(new LineLayout().doLayout(events.list.get(0)))
        .contains("ERROR event=internal-error\njava.lang.IllegalStateException: a bug")
        .contains("at mlopsprimer.logging.LineLayoutTest");
  }

  private String line() {
    return LogLine.of(events.list.get(0));
  }
}
