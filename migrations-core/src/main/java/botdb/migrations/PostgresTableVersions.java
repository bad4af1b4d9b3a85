package botdb.migrations;

import botdb.migrations.PostgresTableForm.Column;
import botdb.migrations.cells.Cells.TableChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Two versions of a table in the words of the server. */
record PostgresTableVersions(PostgresTableForm before, PostgresTableForm after) {

  /**
   * Reads both as they are to be compared with the table that is there.
   *
   * <p>What a check says and what a column is computed of, the server says otherwise where the
   * owner has given a column another type: so both get his types where they do not mean one.
   */
  static PostgresTableVersions of(
      Connection connection, TableChange change, PostgresTableForm actual) throws SQLException {
    PostgresTableVersions plain = read(connection, change, Map.of());
    Map<String, String> types = plain.typesOfOwner(actual);
    if (types.isEmpty()) {
      return plain;
    }
    try {
      return PostgresSavepoint.attempt(connection, () -> read(connection, change, types));
    } catch (SQLException e) {
      // With his types the versions make no sense: then nothing of them is as he has it.
      return plain;
    }
  }

  private static PostgresTableVersions read(
      Connection connection, TableChange change, Map<String, String> types) throws SQLException {
    return new PostgresTableVersions(
        PostgresTableDraft.form(connection, PostgresMeantTriggers.without(change.before()), types),
        PostgresTableDraft.form(connection, PostgresMeantTriggers.without(change.after()), types));
  }

  private Map<String, String> typesOfOwner(PostgresTableForm actual) {
    Map<String, String> types = new HashMap<>();
    before
        .columns()
        .forEach(
            (name, was) -> {
              Column is = actual.column(name);
              Column becomes = after.column(name);
              if (is != null
                  && becomes != null
                  && was.storedAs().equals(becomes.storedAs())
                  && !was.storedAs().equals(is.storedAs())
                  && isPlain(was)
                  && isPlain(is)
                  && isPlain(becomes)) {
                types.put(name, is.storedAs());
              }
            });
    return types;
  }

  private static boolean isPlain(Column column) {
    return column.computed() == null && !column.counts();
  }
}
