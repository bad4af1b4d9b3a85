package botdb.migrations;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A dump in the custom format of {@code pg_dump}, as {@code pg_restore} says it: statements, and
 * between them the rows of tables.
 *
 * <p>It is asked for in its three sections. Only the middle one holds rows, and only of the others
 * an owner has written any text, so that no line of his is taken for the beginning of rows.
 */
final class PostgresDump {
  private static final Pattern NAME = Pattern.compile("\"((?:[^\"]|\"\")+)\"|([^\", ]+)");

  private static final Pattern COPY =
      Pattern.compile(
          "COPY (?:\"(?:[^\"]|\"\")+\"|[^\".]+)\\.(\"(?:[^\"]|\"\")+\"|[^\" ]+)"
              + " (?:\\((.*)\\))? ?FROM stdin;");

  /** A line for psql alone, with a key that is another one each time. */
  private static final Pattern RESTRICTION = Pattern.compile("\\\\(un)?restrict \\w+");

  private static final String END_OF_ROWS = "\\.";

  private final PostgresDatabase database;
  private final Path file;
  private final String schema;

  PostgresDump(PostgresDatabase database, Path file, String schema) {
    this.database = database;
    this.file = file;
    this.schema = schema;
  }

  String schema() {
    return schema;
  }

  /** Takes what is in it, in its order. */
  interface Reader {

    /** Some statements, whole ones. */
    void statements(String sql) throws SQLException;

    /** The rows of a table begin. */
    void table(Table table) throws SQLException;

    /** A row of that table, its end of line among the bytes. */
    void row(byte[] bytes, int offset, int length) throws SQLException;

    /** The rows of that table end. */
    void endOfTable() throws SQLException;
  }

  /**
   * A table whose rows are there.
   *
   * @param copy the statement that takes them
   */
  record Table(String name, List<String> columns, String copy) {}

  /**
   * Reads it to its end.
   *
   * @throws PostgresProgram.Failed if it is damaged
   */
  void read(Reader reader) throws IOException, SQLException {
    reader.statements(text("pre-data"));
    section("data").run(out -> readData(out, reader));
    reader.statements(text("post-data"));
  }

  private PostgresProgram section(String section) {
    return PostgresProgram.of(
        database,
        "pg_restore",
        List.of("--file=-", "--schema=" + schema, "--section=" + section, file.toString()));
  }

  /** A section that is a script, once all of it was said. */
  private String text(String section) throws IOException, SQLException {
    ByteArrayOutputStream script = new ByteArrayOutputStream();
    section(section).run(out -> out.transferTo(script));
    return script
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !RESTRICTION.matcher(line).matches())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static void readData(InputStream out, Reader reader) throws IOException, SQLException {
    ByteLines lines = new ByteLines(out);
    StringBuilder statements = new StringBuilder();
    while (lines.next()) {
      String line = lines.text();
      Matcher copy = COPY.matcher(line);
      if (copy.matches()) {
        reader.statements(statements.toString());
        statements.setLength(0);
        readRows(lines, table(copy, line), reader);
      } else if (!RESTRICTION.matcher(line).matches()) {
        statements.append(line).append('\n');
      }
    }
    reader.statements(statements.toString());
  }

  private static void readRows(ByteLines lines, Table table, Reader reader)
      throws IOException, SQLException {
    reader.table(table);
    while (lines.next()) {
      if (lines.is(END_OF_ROWS)) {
        reader.endOfTable();
        return;
      }
      reader.row(lines.bytes(), lines.offset(), lines.length());
    }
    throw new PostgresProgram.Failed("the rows of the table " + table.name() + " are cut off");
  }

  private static Table table(Matcher copy, String statement) {
    String columns = copy.group(2);
    return new Table(
        names(copy.group(1)).get(0), columns == null ? List.of() : names(columns), statement);
  }

  private static List<String> names(String quoted) {
    List<String> names = new ArrayList<>();
    for (Matcher name = NAME.matcher(quoted); name.find(); ) {
      names.add(name.group(1) == null ? name.group(2) : name.group(1).replace("\"\"", "\""));
    }
    return names;
  }
}
