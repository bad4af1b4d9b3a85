package botdb.migrations;

import botdb.migrations.CopiedTable.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The tables that the runner keeps for itself, and what it sets aside. */
final class RunnerTables {
  private static final String SET_ASIDE = "set_aside";
  private static final List<String> SET_ASIDE_COLUMNS =
      List.of(
          "id",
          "table_name",
          "column_name",
          "key_name",
          "key",
          "reason",
          "migration",
          "set_aside_at",
          "cell");

  private RunnerTables() {}

  /** Returns whether the table that has this name and these columns is one of them. */
  static boolean isOne(String name, List<String> columns) {
    return switch (name) {
      case MigrationTable.NAME -> columns.equals(MigrationTable.COLUMNS);
      case MigrationLog.NAME -> columns.equals(MigrationLog.COLUMNS);
      case MigrationProgress.NAME -> columns.equals(MigrationProgress.COLUMNS);
      case SET_ASIDE -> columns.equals(SET_ASIDE_COLUMNS);
      default -> false;
    };
  }

  /** Creates one of them as the runner would. */
  static void create(Connection connection, Database database, String name) throws SQLException {
    switch (name) {
      case MigrationTable.NAME -> MigrationTable.createIfAbsent(connection, database);
      case MigrationLog.NAME -> MigrationLog.createIfAbsent(connection, database);
      case MigrationProgress.NAME -> Sql.run(connection, database.script(MigrationProgress.CREATE));
      default -> database.cells(database.jooq(connection)).createSetAside();
    }
  }

  /** Returns how the cells of a column are copied that may hold more than its type says. */
  static CellKind kind(String table, Column column) {
    if (table.equals(SET_ASIDE) && column.name().equals("key")) {
      return CellKind.NUMBER_OR_TEXT;
    }
    return table.equals(SET_ASIDE) && column.name().equals("cell")
        ? CellKind.TEXT_OR_BYTES
        : column.kind();
  }

  /** Returns the columns of one of them with the kinds of their cells. */
  static List<Column> columns(String table, List<Column> columns) {
    return columns.stream()
        .map(c -> new Column(c.name(), c.declared(), kind(table, c), c.isNotNull(), c.fallback()))
        .toList();
  }
}
