package botdb.migrations;

import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Nullability;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.TableElement;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.ParserException;
import org.jooq.impl.QOM;
import org.jooq.impl.SQLDataType;

/**
 * A script of SQLite said in the words of PostgreSQL: jOOQ reads it and writes it again.
 *
 * <p>A whole number of SQLite has 64 bits and its {@code REAL} is a double. {@code
 * CURRENT_TIMESTAMP} is UTC in whole seconds there, and text where the column is text.
 */
final class PostgresScript {
  private static final String NOW = "(now() AT TIME ZONE 'UTC')";
  private static final String NOW_AS_TEXT = "to_char(" + NOW + ", 'YYYY-MM-DD HH24:MI:SS')";
  private static final int SECONDS = 0;

  private PostgresScript() {}

  /**
   * Translates.
   *
   * @throws IllegalArgumentException if jOOQ cannot read it
   */
  static String of(String sqlite) {
    Settings settings = new Settings().withParseDialect(SQLDialect.SQLITE);
    DSLContext reader = DSL.using(SQLDialect.SQLITE, settings);
    DSLContext writer = DSL.using(SQLDialect.POSTGRES);
    List<String> statements = new ArrayList<>();
    try {
      for (Query query : reader.parser().parse(sqlite).queries()) {
        String statement = writer.renderInlined(translated(query));
        if (statement.isBlank()) {
          // jOOQ passes over some statements that it knows and cannot say.
          throw new IllegalArgumentException("PostgreSQL has no words for a part of the script");
        }
        statements.add(statement + ";\n");
      }
    } catch (ParserException e) {
      throw new IllegalArgumentException("PostgreSQL cannot be told this in its words", e);
    }
    return String.join("", statements);
  }

  /** Translates what a column of a table is. */
  static String column(String sqlite) {
    String table = of("CREATE TABLE t (" + sqlite + ")");
    return table.substring(table.indexOf('(') + 1, table.lastIndexOf(')'));
  }

  private static Query translated(Query query) {
    if (!(query instanceof QOM.CreateTable table)) {
      return query;
    }
    List<TableElement> elements = new ArrayList<>();
    for (TableElement element : table.$tableElements()) {
      elements.add(element instanceof Field<?> field ? translated(field) : element);
    }
    return DSL.createTable(table.$table()).tableElements(elements);
  }

  private static Field<?> translated(Field<?> field) {
    return DSL.field(field.getUnqualifiedName(), translated(field.getDataType()));
  }

  private static DataType<?> translated(DataType<?> type) {
    DataType<?> plain =
        switch (type.getTypeName().toLowerCase(java.util.Locale.ROOT)) {
          case "integer", "int", "smallint", "tinyint" -> SQLDataType.BIGINT;
          case "real", "float" -> SQLDataType.DOUBLE;
          case "timestamp", "datetime" -> SQLDataType.LOCALDATETIME(precision(type));
          case "any", "other" ->
              throw new IllegalArgumentException("PostgreSQL has no column without a type");
          default -> null;
        };
    if (plain == null) {
      return isNow(type) ? withDefault(type, NOW_AS_TEXT) : type;
    }
    DataType<?> result = type.nullability() == Nullability.NOT_NULL ? plain.notNull() : plain;
    if (type.identity()) {
      return result.identity(true);
    }
    if (isNow(type)) {
      return withDefault(result, NOW);
    }
    return type.defaulted() ? withDefault(result, String.valueOf(type.default_())) : result;
  }

  private static int precision(DataType<?> type) {
    return type.precisionDefined() ? type.precision() : SECONDS;
  }

  private static <T> DataType<T> withDefault(DataType<T> type, String sql) {
    return type.defaultValue(DSL.field(DSL.raw(sql), type));
  }

  private static boolean isNow(DataType<?> type) {
    return type.defaulted()
        && String.valueOf(type.default_())
            .toLowerCase(java.util.Locale.ROOT)
            .startsWith("current_timestamp");
  }
}
