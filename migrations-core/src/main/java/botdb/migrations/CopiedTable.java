package botdb.migrations;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table as it is copied, in the words of SQLite.
 *
 * @param name in lower case where names do not tell cases apart
 * @param isNumbered whether its key is given by counting, and never twice
 * @param lastNumber the last key that was given so; 0 if none
 * @param isOwn whether it is one of {@link RunnerTables}, which are created in their own way
 * @param checks what stands between the brackets of CHECK
 * @param indexes statements
 */
record CopiedTable(
    String name,
    List<Column> columns,
    List<String> primaryKey,
    boolean isNumbered,
    long lastNumber,
    List<List<String>> uniques,
    List<ForeignKey> foreignKeys,
    List<String> checks,
    List<String> indexes,
    boolean isOwn) {

  /**
   * A column.
   *
   * @param declared its type where it is from; another database may not know it
   * @param fallback an expression that stands in where no value is given; null if there is none
   */
  record Column(
      String name, String declared, CellKind kind, boolean isNotNull, @Nullable String fallback) {}

  /**
   * A foreign key.
   *
   * @param keyColumns those of the other table; empty for its primary key
   */
  record ForeignKey(
      List<String> columns,
      String table,
      List<String> keyColumns,
      String onUpdate,
      String onDelete) {

    String clause() {
      return "FOREIGN KEY (%s) REFERENCES %s%s ON UPDATE %s ON DELETE %s"
          .formatted(
              quoted(columns),
              Sql.quote(table),
              keyColumns.isEmpty() ? "" : " (" + quoted(keyColumns) + ")",
              onUpdate,
              onDelete);
    }
  }

  /** In which types the columns are declared. */
  enum Types {
    /** As they were. */
    DECLARED,
    /** As their cells are copied. */
    COPIED
  }

  /** What of a table may be left out of its statement, because another database refuses it. */
  enum Part {
    FOREIGN_KEYS,
    CHECKS,
    FALLBACKS
  }

  /** Returns the statement that creates the table, without those parts of it. */
  String statement(Types types, List<Part> without) {
    List<String> elements = new ArrayList<>();
    for (Column column : columns) {
      elements.add(definition(column, types, without));
    }
    if (!primaryKey.isEmpty() && !isKey(primaryKey.get(0))) {
      elements.add("PRIMARY KEY (" + quoted(primaryKey) + ")");
    }
    uniques.forEach(unique -> elements.add("UNIQUE (" + quoted(unique) + ")"));
    if (!without.contains(Part.CHECKS)) {
      checks.forEach(check -> elements.add("CHECK (" + check + ")"));
    }
    if (!without.contains(Part.FOREIGN_KEYS)) {
      foreignKeys.forEach(key -> elements.add(key.clause()));
    }
    return "CREATE TABLE %s (\n  %s\n)".formatted(Sql.quote(name), String.join(",\n  ", elements));
  }

  private String definition(Column column, Types types, List<Part> without) {
    String type = types == Types.DECLARED ? column.declared : column.kind.type();
    StringBuilder definition =
        new StringBuilder(Sql.quote(column.name)).append(type.isEmpty() ? "" : " ").append(type);
    if (isKey(column.name)) {
      definition.append(" PRIMARY KEY").append(isNumbered ? " AUTOINCREMENT" : "");
    }
    if (column.isNotNull) {
      definition.append(" NOT NULL");
    }
    if (column.fallback != null && !without.contains(Part.FALLBACKS)) {
      definition.append(" DEFAULT ").append(column.fallback);
    }
    return definition.toString();
  }

  /** Whether a column is the whole primary key. */
  private boolean isKey(String column) {
    return primaryKey.equals(List.of(column));
  }

  String quotedColumns() {
    return quoted(columns.stream().map(Column::name).toList());
  }

  private static String quoted(List<String> names) {
    return names.stream().map(Sql::quote).collect(Collectors.joining(", "));
  }

  /** Returns the statements that create tables and their indexes; those of the runner left out. */
  static String script(List<CopiedTable> tables, Types types) {
    StringBuilder script = new StringBuilder();
    for (CopiedTable table : tables.stream().filter(table -> !table.isOwn).toList()) {
      script.append(table.statement(types, List.of())).append(";\n");
      table.indexes.forEach(index -> script.append(index).append(";\n"));
    }
    return script.toString();
  }
}
