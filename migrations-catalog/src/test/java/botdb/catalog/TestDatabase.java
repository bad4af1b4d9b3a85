package botdb.catalog;

import botdb.catalog.migrations.BotCatalog;
import botdb.catalog.migrations.Snapshots;
import botdb.migrations.Database;
import botdb.migrations.Migration;
import botdb.migrations.MigrationReport;
import botdb.migrations.Migrator;
import botdb.migrations.cells.Cells;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** A real database in a folder of its own. */
public final class TestDatabase implements AutoCloseable {
  private final Database file;
  private final Connection connection;

  private TestDatabase(Database file) {
    this.file = file;
    this.connection = file.open();
  }

  /** Creates a database with these statements. */
  public static TestDatabase of(Path folder, String... statements) throws SQLException {
    TestDatabase database = new TestDatabase(Database.of(folder.resolve("users.db")));
    database.run(statements);
    return database;
  }

  /** Creates an empty database of a version, all migrations up to it applied. */
  public static TestDatabase ofVersion(Path folder, int version) throws SQLException {
    TestDatabase database =
        of(
            folder,
            Snapshots.sql(version),
            "CREATE TABLE migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE NOT NULL,"
                + " applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP)");
    for (String name : BotCatalog.migrations().names().subList(0, version)) {
      database.run("INSERT INTO migrations (name) VALUES ('" + name + "')");
    }
    return database;
  }

  /** Creates a folder inside another. */
  public static Path folder(Path parent, String name) {
    try {
      return Files.createTempDirectory(parent, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Database file() {
    return file;
  }

  public DSLContext dsl() {
    return DSL.using(connection, SQLDialect.SQLITE);
  }

  public Cells cells() {
    return file.cells(dsl());
  }

  public void run(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    }
  }

  public MigrationReport migrate() {
    return Migrator.of(file, BotCatalog.migrations()).migrate();
  }

  public MigrationReport migrateSettingAside() {
    return Migrator.of(file, BotCatalog.migrations())
        .withDirtyData(Migration.DirtyData.SET_ASIDE)
        .migrate();
  }

  /** Every row as text that tells types apart and shows every byte. */
  public List<String> rows(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          Object cell = rows.getObject(i);
          cells.add(
              cell instanceof byte[] bytes
                  ? "x'" + HexFormat.of().formatHex(bytes) + "'"
                  : String.valueOf(cell));
        }
        texts.add(String.join("|", cells));
      }
      return texts;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
