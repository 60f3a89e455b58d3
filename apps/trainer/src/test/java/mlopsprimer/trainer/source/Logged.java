package mlopsprimer.trainer.source;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import mlopsprimer.logging.LogLine;
import org.slf4j.LoggerFactory;

/** Collects the lines that a class logs while a test runs. */
final class Logged implements AutoCloseable {
  private final Logger logger;
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  Logged(Class<?> type) {
    logger = (Logger) LoggerFactory.getLogger(type);
    lines.start();
    logger.addAppender(lines);
  }

  List<String> lines() {
    return List.copyOf(lines.list).stream().map(LogLine::of).toList();
  }

  @Override
  public void close() {
    logger.detachAppender(lines);
  }
}
