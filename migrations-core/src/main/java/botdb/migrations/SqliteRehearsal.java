package botdb.migrations;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.sqlite.SQLiteConfig;

/** Copies a database, applies what is pending to the copy as a real run would, and reports. */
final class SqliteRehearsal {
  private static final String WAL = "wal";

  private final SqliteFile file;
  private final MigrationCatalog catalog;
  private final Migration.DirtyData dirtyData;
  private final Migrator.Listener listener;

  SqliteRehearsal(
      SqliteFile file,
      MigrationCatalog catalog,
      Migration.DirtyData dirtyData,
      Migrator.Listener listener) {
    this.file = file;
    this.catalog = catalog;
    this.dirtyData = dirtyData;
    this.listener = listener;
  }

  Rehearsal rehearse(int to, UnaryOperator<String> mask) {
    try {
      if (file.exists()) {
        SqliteDiskSpace.of(file).forRehearsal().require();
      }
      try (SqliteRehearsalFolder folder = SqliteRehearsalFolder.create(file.path())) {
        Path copy = folder.file("rehearsed.db");
        copyTo(copy);
        SqliteRehearsalWatch watch =
            new SqliteRehearsalWatch(
                copy, new SqliteRowSamples(copy, folder.file("before.db"), mask), listener);
        return run(copy, watch, to);
      }
    } catch (SQLException e) {
      throw file.explain(e);
    } catch (IOException e) {
      throw new MigrationException.DatabaseFailed(
          file.name(), "no copy can be made beside it (" + e.getMessage() + ")", List.of(), e);
    }
  }

  private Rehearsal run(Path copy, SqliteRehearsalWatch watch, int to)
      throws SQLException, IOException {
    watch.begin();
    try {
      new MigrationRun(file.standIn(copy, watch), catalog, dirtyData, watch, null).migrate(to);
      return new Rehearsal(watch.steps(), null);
    } catch (MigrationException e) {
      return new Rehearsal(watch.steps(), e);
    } catch (SqliteRehearsalWatch.Blinded e) {
      throw e.reason();
    }
  }

  private void copyTo(Path copy) throws SQLException, IOException {
    if (!file.exists()) {
      return; // the run creates it, as it would create the database
    }
    String mode;
    try (Connection source = file.openReadOnly()) {
      mode = Sql.texts(source, "PRAGMA journal_mode").get(0);
      if (mode.equals(WAL)) {
        // Keeps the copy from beginning anew whenever somebody writes, and nobody waits for it.
        // Without a log it would keep others from writing.
        Sql.run(source, "BEGIN");
        Sql.count(source, "SELECT count(*) FROM sqlite_schema");
      }
      SqliteCopy.copy(source, file.path(), copy);
    }
    if (mode.equals(WAL)) {
      try (Connection connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + copy)) {
        Sql.run(connection, "PRAGMA journal_mode = WAL");
      }
    }
  }
}
