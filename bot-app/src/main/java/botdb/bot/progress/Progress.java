package botdb.bot.progress;

/** Shows how far one migration has come; told about every row, so it looks at the clock first. */
interface Progress extends AutoCloseable {

  /**
   * Shows it, if it is time to.
   *
   * @param now the reading of {@link System#nanoTime()}
   */
  void show(long now, long done, long total);

  @Override
  void close();
}
