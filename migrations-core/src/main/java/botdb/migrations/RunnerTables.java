package botdb.migrations;

import botdb.migrations.CopiedTable.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables that the runner keeps for itself, by the statements that create them. */
final class RunnerTables {
  private RunnerTables() {}

  /** Returns the statement of the table that has this name and these columns; null if none has. */
  static @Nullable String statement(String name, List<Column> columns) {
    List<String> names = columns.stream().map(Column::name).toList();
    return switch (name) {
      case MigrationTable.NAME ->
          names.equals(MigrationTable.COLUMNS) ? MigrationTable.CREATE : null;
      case MigrationLog.NAME -> names.equals(MigrationLog.COLUMNS) ? MigrationLog.CREATE : null;
      case MigrationProgress.NAME ->
          names.equals(MigrationProgress.COLUMNS) ? MigrationProgress.CREATE : null;
      default -> null;
    };
  }
}
