package botdb.bot.log;

import botdb.bot.output.VisibleText;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * An event as a line: {@code 2026-11-22T15:30:45.123Z INFO botdb - nothing to apply}.
 *
 * <p>Whatever gets into a message, it can neither drive a terminal nor pass for a line of its own.
 * Of an exception its kind and place are told; its message may quote what people wrote.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line =
        new StringBuilder()
            .append(TIME.format(Instant.ofEpochMilli(event.getTimeStamp())))
            .append(' ')
            .append(event.getLevel())
            .append(' ')
            .append(event.getLoggerName())
            .append(" - ")
            .append(VisibleText.block(event.getFormattedMessage(), "  "));
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      var trace = thrown.getStackTraceElementProxyArray();
      line.append(" (").append(thrown.getClassName()).append(' ');
      line.append(trace.length == 0 ? "at ?" : trace[0].getSTEAsString()).append(')');
    }
    return line.append('\n').toString();
  }
}
