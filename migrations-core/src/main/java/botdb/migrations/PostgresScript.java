package botdb.migrations;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Nullability;
import org.jooq.Query;
import org.jooq.QueryPart;
import org.jooq.SQLDialect;
import org.jooq.TableElement;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultDataType;
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
    return queries(sqlite).stream()
        .map(query -> words(query) + ";\n")
        .collect(Collectors.joining());
  }

  /**
   * Translates, and leaves the statements in parts that can be looked at.
   *
   * @throws IllegalArgumentException as {@link #of} does
   */
  static List<Query> queries(String sqlite) {
    Settings settings = new Settings().withParseDialect(SQLDialect.SQLITE);
    DSLContext reader = DSL.using(SQLDialect.SQLITE, settings);
    try {
      return Stream.of(reader.parser().parse(PostgresComputed.asChecks(sqlite)).queries())
          .map(PostgresScript::translated)
          .toList();
    } catch (ParserException e) {
      throw new IllegalArgumentException("PostgreSQL cannot be told this in its words", e);
    }
  }

  /**
   * Returns a part of a translated statement as PostgreSQL takes it.
   *
   * @throws IllegalArgumentException if there are no words for it
   */
  static String words(QueryPart part) {
    String words = DSL.using(SQLDialect.POSTGRES).renderInlined(part);
    if (words.isBlank()) {
      // jOOQ passes over some statements that it knows and cannot say.
      throw new IllegalArgumentException("PostgreSQL has no words for a part of the script");
    }
    return words;
  }

  /** Translates what a column of a table is. */
  static String column(String sqlite) {
    String table = of("CREATE TABLE t (" + sqlite + ")");
    return table.substring(table.indexOf('(') + 1, table.lastIndexOf(')'));
  }

  /** Returns a translated column in another type of the server. */
  static Field<?> retyped(Field<?> column, String type) {
    DataType<?> is = column.getDataType();
    DataType<Object> other = new DefaultDataType<>(SQLDialect.POSTGRES, Object.class, type);
    if (is.nullability() == Nullability.NOT_NULL) {
      other = other.notNull();
    }
    if (is.defaulted()) {
      other = withDefault(other, words(is.default_()));
    }
    return DSL.field(column.getUnqualifiedName(), other);
  }

  private static Query translated(Query query) {
    if (!(query instanceof QOM.CreateTable table)) {
      return query;
    }
    List<TableElement> elements = new ArrayList<>();
    for (TableElement element : table.$tableElements()) {
      elements.add(element instanceof Field<?> field ? translated(field) : element);
    }
    return DSL.createTable(table.$table()).tableElements(PostgresComputed.ofChecks(elements));
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
