package botdb.bot.log;

import botdb.bot.settings.LogFormat;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.ILoggerFactory;

/**
 * What Logback is set to; in code, since reading a file of XML takes it a while at every start.
 *
 * <p>Logback finds it as a service, also in tests.
 */
public final class LogConfiguration extends ContextAwareBase implements Configurator {

  /** Made by Logback. */
  public LogConfiguration() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    write(context, LogFormat.TEXT);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  static void write(ILoggerFactory factory, LogFormat format) {
    LoggerContext context = (LoggerContext) factory;
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(format == LogFormat.JSON ? json(context) : text(context));
    appender.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.addAppender(appender);
    root.setLevel(Level.WARN);
    context.getLogger("botdb").setLevel(Level.INFO);
    context.getLogger("io.javalin.Javalin").setLevel(Level.OFF);
    // What the pool has to say is thrown as well, and said by whoever catches it.
    context.getLogger("com.zaxxer.hikari").setLevel(Level.OFF);
    // It advises a newer server than the oldest that the tests run on.
    context.getLogger("org.jooq.impl.DefaultExecuteContext.logVersionSupport").setLevel(Level.OFF);
    // It tidies up native libraries of killed processes, and calls it an error when another was
    // first.
    context.getLogger("org.sqlite.SQLiteJDBCLoader").setLevel(Level.OFF);
  }

  private static Encoder<ILoggingEvent> text(LoggerContext context) {
    LogLine line = new LogLine();
    line.setContext(context);
    line.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setCharset(java.nio.charset.StandardCharsets.UTF_8);
    encoder.setLayout(line);
    encoder.start();
    return encoder;
  }

  private static Encoder<ILoggingEvent> json(LoggerContext context) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMDC(false);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    // The message of an exception may quote what people wrote.
    encoder.setWithThrowable(false);
    encoder.start();
    return encoder;
  }
}
