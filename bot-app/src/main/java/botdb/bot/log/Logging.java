package botdb.bot.log;

import botdb.bot.settings.LogFormat;
import org.slf4j.LoggerFactory;

/**
 * Which library takes the log.
 *
 * <p>SQLite's driver asks for a logger in every process; looking for a library among the services
 * of the jar and loading it would take commands that have nothing to log longer than their work. So
 * the library is named before anybody asks.
 */
public final class Logging {
  private static final String PROVIDER = "slf4j.provider";

  private Logging() {}

  /** Drops everything, until {@link #start} is called; to be called before the first logger is. */
  public static void off() {
    System.setProperty("slf4j.internal.verbosity", "WARN");
    System.setProperty(PROVIDER, "org.slf4j.helpers.NOP_FallbackServiceProvider");
  }

  /** Writes to standard error from now on. */
  public static void start(LogFormat format) {
    System.setProperty(PROVIDER, "ch.qos.logback.classic.spi.LogbackServiceProvider");
    LogConfiguration.write(LoggerFactory.getILoggerFactory(), format);
  }
}
