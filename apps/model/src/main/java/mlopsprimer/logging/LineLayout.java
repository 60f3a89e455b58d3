package mlopsprimer.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;

/**
 * Writes {@code 2026-11-23T18:00:00.123Z INFO event=… key=value} and, after a failure, the stack
 * trace. {@link LogLine} describes the form of the part after the level.
 */
final class LineLayout extends LayoutBase<ILoggingEvent> {
  @Override
  public String doLayout(ILoggingEvent event) {
    String line =
        "%s %s %s\n"
            .formatted(
                Instant.ofEpochMilli(event.getTimeStamp()), event.getLevel(), LogLine.of(event));
    return event.getThrowableProxy() == null
        ? line
        : line + ThrowableProxyUtil.asString(event.getThrowableProxy());
  }
}
