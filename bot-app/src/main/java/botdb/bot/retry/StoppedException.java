package botdb.bot.retry;

/** The bot stops, and what this thread was about is left to the next start. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Says so, without a stack trace: it is no failure. */
  public StoppedException() {
    super("the bot stops", null, false, false);
  }

  /**
   * Throws itself if the thread was interrupted; the mark of the interruption stays.
   *
   * @throws StoppedException if so
   */
  public static void throwIfInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new StoppedException();
    }
  }
}
