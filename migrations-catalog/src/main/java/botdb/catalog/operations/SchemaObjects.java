package botdb.catalog.operations;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;

/** The statements that made a schema, as {@code sqlite_schema} has them. */
record SchemaObjects(List<SchemaObject> objects) {
  private static final Pattern VERSION = Pattern.compile(".*\\.v(\\d{3})\\.tables");
  private static final String QUERY =
      "SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid";

  /** A table, an index, a trigger or a view. */
  record SchemaObject(String type, String name, String table, String sql) {

    boolean isOf(String otherTable) {
      return !type.equals("table") && !type.equals("view") && table.equalsIgnoreCase(otherTable);
    }

    boolean says(SchemaObject other) {
      return words().equals(other.words());
    }

    private List<String> words() {
      return SqlWord.of(sql).stream().map(SqlWord::text).toList();
    }
  }

  /** Reads the database of a migration. */
  static SchemaObjects of(DSLContext dsl) {
    return dsl.connectionResult(SchemaObjects::read);
  }

  /** Reads the snapshot of the version that a generated table belongs to. */
  static SchemaObjects ofSnapshot(Table<?> table) {
    String folder = table.getClass().getPackageName();
    Matcher version = VERSION.matcher(folder);
    if (!version.matches()) {
      throw new IllegalArgumentException(table + " belongs to no numbered version");
    }
    String resource = "/botdb/catalog/schema/" + version.group(1) + ".sql";
    try (InputStream in = SchemaObjects.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("there is no snapshot " + resource);
      }
      return ofScript(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SchemaObjects ofScript(String script) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(script);
      return read(connection);
    } catch (SQLException e) {
      throw new DataAccessException("the snapshot is not what SQLite understands", e);
    }
  }

  private static SchemaObjects read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(QUERY)) {
      List<SchemaObject> objects = new ArrayList<>();
      while (rows.next()) {
        objects.add(
            new SchemaObject(
                rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
      }
      return new SchemaObjects(objects);
    }
  }

  /**
   * Returns the statement of a table.
   *
   * @throws IllegalArgumentException if there is none
   */
  TableText table(String name) {
    return objects.stream()
        .filter(object -> object.type.equals("table") && object.name.equalsIgnoreCase(name))
        .findFirst()
        .map(object -> TableText.parse(object.sql))
        .orElseThrow(() -> new IllegalArgumentException("there is no table " + name));
  }

  /**
   * Returns the statements that make a table, its indexes and triggers.
   *
   * @throws IllegalArgumentException if there is none
   */
  List<String> statements(String table) {
    List<String> statements =
        objects.stream()
            .filter(object -> object.table.equalsIgnoreCase(table) && !object.type.equals("view"))
            .map(SchemaObject::sql)
            .toList();
    if (statements.isEmpty()) {
      throw new IllegalArgumentException("there is no table " + table);
    }
    return statements;
  }

  /** Returns the indexes and triggers of a table. */
  List<SchemaObject> of(String table) {
    return objects.stream().filter(object -> object.isOf(table)).toList();
  }
}
