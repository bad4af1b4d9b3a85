package botdb.bot.settings;

/** How the log is written, {@code BOT_LOG}. */
public enum LogFormat {
  /** A line an event, for people. */
  TEXT,
  /** A JSON object an event, for programs. */
  JSON
}
