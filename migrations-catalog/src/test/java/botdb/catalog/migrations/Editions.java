package botdb.catalog.migrations;

import botdb.catalog.TestDatabase;
import botdb.migrations.MigrationCatalog;
import botdb.migrations.MigrationException;
import botdb.migrations.Migrator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What each migration does to the same rows, as text: the schema after it and every cell.
 *
 * <p>{@code editions/NNN.sql} are rows that come before migration NNN; those that came before an
 * earlier one are still there, as the migrations between left them.
 */
final class Editions {
  private static final MigrationCatalog CATALOG = BotCatalog.migrations();

  private Editions() {}

  /** Runs all migrations and returns the database after each; the last row is the last one's. */
  static List<String> run(Path folder) throws SQLException, IOException {
    List<String> after = new ArrayList<>();
    try (TestDatabase database = TestDatabase.of(folder, Snapshots.sql(0))) {
      for (int number = 1; number <= CATALOG.size(); number++) {
        addRows(database, number);
        Migrator.of(database.file(), CATALOG).migrate(number);
        after.add(dump(database));
      }
    }
    return after;
  }

  /** Runs each migration, deletes its row, and runs it again; the message if that failed. */
  static List<String> runTwice(Path folder) throws SQLException, IOException {
    List<String> after = new ArrayList<>();
    try (TestDatabase database = TestDatabase.of(folder, Snapshots.sql(0))) {
      for (int number = 1; number <= CATALOG.size(); number++) {
        addRows(database, number);
        Migrator migrator = Migrator.of(database.file(), CATALOG);
        migrator.migrate(number);
        migrator.forget(CATALOG.names().get(number - 1));
        after.add(migrateAndDump(migrator, number, database));
      }
    }
    return after;
  }

  private static String migrateAndDump(Migrator migrator, int number, TestDatabase database)
      throws SQLException {
    try {
      migrator.migrate(number);
      return dump(database);
    } catch (MigrationException e) {
      return e.getMessage();
    }
  }

  /** Adds the rows that come before a migration. */
  static void addRows(TestDatabase database, int number) throws SQLException, IOException {
    String rows = text("%03d.sql".formatted(number));
    if (!rows.isBlank()) {
      database.run(rows);
    }
  }

  /** Returns the line of {@code migrations.lock} for a migration that left a database so. */
  static String lockLine(int number, String text) {
    return "%03d %s %s".formatted(number, CATALOG.names().get(number - 1), fingerprint(text));
  }

  static String fingerprint(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns what is noted of an edition; an empty text if there is nothing of that name. */
  static String text(String name) throws IOException {
    try (InputStream in = Editions.class.getResourceAsStream("editions/" + name)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static String dump(TestDatabase database) throws SQLException {
    StringBuilder dump = new StringBuilder();
    try (Connection connection = database.file().openReadOnly()) {
      database.file().schema(connection).facts().forEach(fact -> dump.append(fact).append('\n'));
    }
    List<String> tables =
        database.rows(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'migration%'"
                + " AND name NOT LIKE 'sqlite%' ORDER BY name");
    for (String table : tables) {
      List<String> cells =
          database.rows(
              "SELECT 'quote(\"' || name || '\")' FROM pragma_table_xinfo('" + table + "')");
      String row = String.join(" || ', ' || ", cells);
      for (String line : database.rows("SELECT " + row + " FROM \"" + table + "\" ORDER BY 1")) {
        dump.append(table).append(": ").append(line).append('\n');
      }
    }
    return dump.toString();
  }
}
