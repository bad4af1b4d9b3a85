package botdb.bot.progress;

import botdb.bot.output.Columns;
import botdb.bot.output.Lines;
import botdb.bot.output.SetAsideCount;
import botdb.migrations.MigrationReport;
import botdb.migrations.Migrator;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Writes a line for each migration that was applied, and shows how far a long one has come.
 *
 * <p>Closing it takes the bar of a migration that failed from the terminal.
 */
public final class MigrationWatcher implements Migrator.Listener, AutoCloseable {
  private final Lines results;
  private final Lines notes;
  private @Nullable Progress progress;
  private long setAside;

  /**
   * Makes a watcher.
   *
   * @param results takes what was applied
   * @param notes takes how far it has come, where standard error is no terminal, and what else is
   *     to be known
   */
  public MigrationWatcher(Lines results, Lines notes) {
    this.results = results;
    this.notes = notes;
  }

  @Override
  public void waiting(Duration limit) {
    notes.add(
        "another process is using the database; waiting for it, "
            + limit.toSeconds()
            + " s at most");
  }

  @Override
  public void backedUp(Path backup) {
    notes.add("backup: " + backup);
  }

  @Override
  public void started(String name) {
    close();
    setAside = 0;
    progress =
        Terminal.isStandardError()
            ? new ProgressOnTerminal(name, System.nanoTime())
            : new ProgressInLines(name, notes);
  }

  @Override
  public void progress(String name, long done, long total) {
    Progress shown = progress;
    if (shown != null) {
      shown.show(System.nanoTime(), done, total);
    }
  }

  @Override
  public void setAside(String name, long rows) {
    setAside += rows;
  }

  @Override
  public void applied(MigrationReport.Step step) {
    close();
    results.add(line(step));
    if (setAside > 0) {
      notes.add(new SetAsideCount(setAside).were());
    }
  }

  /**
   * Returns a step as people read it: {@code 001 migration_001_add_timestamp_to_messages 13 rows
   * 0.12 s}.
   */
  public static String line(MigrationReport.Step step) {
    return "%s  %s  %s  %s"
        .formatted(
            Columns.number(step.number()),
            step.name(),
            step.rows() == 1 ? "1 row" : step.rows() + " rows",
            Durations.exact(step.took()));
  }

  @Override
  public void close() {
    Progress shown = progress;
    progress = null;
    if (shown != null) {
      shown.close();
    }
  }
}
