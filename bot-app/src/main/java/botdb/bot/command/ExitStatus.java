package botdb.bot.command;

/** How a command ends; picocli itself ends with 2 where the command line is wrong. */
final class ExitStatus {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int NOT_AS_IT_SHOULD_BE = 3;

  private ExitStatus() {}
}
