package botdb.bot.training;

import botdb.bot.BotApp;

/**
 * Looks at a database and migrates it, as the shortest and most frequent starts do. The virtual
 * machine is told to note which classes that takes: both in one process, since two of its lists
 * cannot be made one.
 *
 * <p>It ends with status 0 only if nothing was amiss.
 */
public final class UpToDateStarts {
  private UpToDateStarts() {}

  /** Starts on the database that is named, which is up to date. */
  public static void main(String[] args) {
    int looked = BotApp.run("status", "--database", args[0]);
    int migrated = BotApp.run("migrate", "--database", args[0]);
    System.exit(looked + migrated);
  }
}
