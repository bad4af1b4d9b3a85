package botdb.migrations;

import botdb.migrations.PostgresTableForm.Constraint;
import botdb.migrations.PostgresTableForm.Index;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.TableElement;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM;
import org.jspecify.annotations.Nullable;

/**
 * A version of a table, created under a name of its own and rolled back again: so the server says
 * it in its own words, in which it can be compared with the table that is there.
 */
final class PostgresTableDraft {
  private static final String NAME = "botdb_draft";
  private static final String PART = NAME + "_part_";
  private static final Pattern NAMED =
      Pattern.compile("constraint (\"(?:[^\"]|\"\")+\"|\\S+) (.*)", Pattern.DOTALL);

  private final Connection connection;
  private final Map<String, String> types;
  private final List<@Nullable String> names = new ArrayList<>();
  private final List<Constraint> unread = new ArrayList<>();
  private final List<QOM.CreateIndex> indexes = new ArrayList<>();

  private PostgresTableDraft(Connection connection, Map<String, String> types) {
    this.connection = connection;
    this.types = types;
  }

  /**
   * Reads what a table would be.
   *
   * @param statements make it and its indexes, as SQLite is told
   * @param types of columns that are of another one than these say, by their names in lower case
   * @throws IllegalArgumentException if the server cannot be told this
   */
  static PostgresTableForm form(
      Connection connection, List<String> statements, Map<String, String> types)
      throws SQLException {
    List<Query> queries = PostgresScript.queries(String.join(";\n", statements));
    return PostgresSavepoint.undone(
        connection, () -> new PostgresTableDraft(connection, types).form(queries));
  }

  private PostgresTableForm form(List<Query> queries) throws SQLException {
    for (Query query : queries) {
      if (query instanceof QOM.CreateTable table) {
        create(table);
      } else if (query instanceof QOM.CreateIndex index) {
        create(index);
      } else {
        throw new IllegalArgumentException("this makes neither a table nor an index: " + query);
      }
    }
    PostgresTableForm read = PostgresTableFormReader.read(connection, NAME);
    List<Constraint> constraints = new ArrayList<>(unread);
    read.constraints().forEach(one -> constraints.add(one.named(names.get(part(one.name())))));
    Map<String, Index> named = new LinkedHashMap<>();
    for (Index index : read.indexes().values()) {
      QOM.CreateIndex made = indexes.get(part(index.name()));
      String name = plain(PostgresScript.words(made.$index()));
      named.put(PostgresTableForm.key(name), index.meantAs(name, PostgresScript.words(made)));
    }
    return new PostgresTableForm(read.columns(), constraints, named);
  }

  private static int part(@Nullable String name) {
    return Integer.parseInt(String.valueOf(name).substring(PART.length()).replace("i", ""));
  }

  private void create(QOM.CreateTable table) throws SQLException {
    List<TableElement> columns = new ArrayList<>();
    List<String> constraints = new ArrayList<>();
    for (TableElement element : table.$tableElements()) {
      if (element instanceof org.jooq.Constraint) {
        constraints.add(PostgresScript.words(element));
      } else {
        String type = types.get(PostgresTableForm.key(element.getName()));
        columns.add(type == null ? element : PostgresScript.retyped((Field<?>) element, type));
      }
    }
    Sql.run(
        connection, PostgresScript.words(DSL.createTable(DSL.name(NAME)).tableElements(columns)));
    for (String constraint : constraints) {
      add(constraint);
    }
  }

  private void add(String constraint) throws SQLException {
    Matcher named = NAMED.matcher(constraint);
    String says = named.matches() ? named.group(2) : constraint;
    String name = named.matches() ? plain(named.group(1)) : null;
    String statement =
        "ALTER TABLE %s ADD CONSTRAINT %s%d %s".formatted(NAME, PART, names.size(), says);
    if (!says.startsWith("foreign key")) {
      Sql.run(connection, statement);
    } else if (!canPoint(statement)) {
      unread.add(new Constraint(name, 'f', says, List.of(), null, List.of()));
      return;
    }
    names.add(name);
  }

  /** A table that it points to may be gone by now, or have no such key yet. */
  private boolean canPoint(String statement) {
    try {
      PostgresSavepoint.attempt(connection, statement);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private void create(QOM.CreateIndex index) throws SQLException {
    String name = PART + "i" + indexes.size();
    Sql.run(
        connection,
        PostgresScript.words(
            index.$index(DSL.index(DSL.name(name))).$table(DSL.table(DSL.name(NAME)))));
    indexes.add(index);
  }

  /** A name without its quotes, in small letters if it had none. */
  private static String plain(String name) {
    return name.startsWith("\"")
        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
        : name.toLowerCase(Locale.ROOT);
  }
}
