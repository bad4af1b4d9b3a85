package botdb.migrations;

/** Tells a listener how many rows of all are done. */
final class CountedRows implements Runnable {
  private final String name;
  private final long total;
  private final Migrator.Listener listener;
  private long done;
  private long ofTables;

  CountedRows(String name, long total, Migrator.Listener listener) {
    this.name = name;
    this.total = total;
    this.listener = listener;
    listener.started(name);
  }

  /** One more. */
  @Override
  public void run() {
    listener.progress(name, ++done, total);
  }

  /** A table is done, whether its rows came one by one or a server counted them. */
  void finish(long rows) {
    ofTables += rows;
    done = ofTables;
    listener.progress(name, done, total);
  }
}
