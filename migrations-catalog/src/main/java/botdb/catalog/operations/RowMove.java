package botdb.catalog.operations;

import botdb.migrations.Migration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * Puts what rows of one table say into rows of another.
 *
 * <p>A row that the other table has already, by a key of its own, stays as it is there, so that it
 * may be done twice. Whoever deletes what was moved declares it with {@link
 * Migration#losesRowsOf()}.
 *
 * <pre>{@code
 * RowMove.from(V001.USERS)
 *     .to(V002.SETTINGS)
 *     .map(V002.SETTINGS.USER_ID, V001.USERS.USER_ID)
 *     .map(V002.SETTINGS.NAME, DSL.inline("language"))
 *     .map(V002.SETTINGS.VALUE, V001.USERS.LANGUAGE)
 *     .where(V001.USERS.LANGUAGE.isNotNull())
 *     .run(context);
 * }</pre>
 */
public final class RowMove {
  private final Table<?> source;
  private final Table<?> target;
  private final Map<String, Field<?>> mapped;
  private final Condition condition;

  private RowMove(
      Table<?> source, Table<?> target, Map<String, Field<?>> mapped, Condition condition) {
    this.source = source;
    this.target = target;
    this.mapped = mapped;
    this.condition = condition;
  }

  /** Says where the rows are. */
  public static From from(Table<?> source) {
    return new From(source);
  }

  /**
   * Where rows are taken from.
   *
   * @param source the table
   */
  public record From(Table<?> source) {

    /** Says where they go. */
    public RowMove to(Table<?> target) {
      return new RowMove(source, target, Map.of(), DSL.noCondition());
    }
  }

  /** Returns the same move with what is to stand in a column. */
  public <T> RowMove map(TableField<?, T> column, Field<T> value) {
    Map<String, Field<?>> more = new LinkedHashMap<>(mapped);
    more.put(column.getName(), value);
    return new RowMove(source, target, more, condition);
  }

  /** Returns the same move of some rows only. */
  public RowMove where(Condition some) {
    return new RowMove(source, target, mapped, condition.and(some));
  }

  /**
   * Puts the rows there.
   *
   * @return how many came
   * @throws IllegalArgumentException if no column is mapped
   */
  public int run(Migration.Context context) {
    if (mapped.isEmpty()) {
      throw new IllegalArgumentException("nothing is mapped into " + target);
    }
    DSLContext dsl = context.dsl();
    QueryPart[] names = mapped.keySet().stream().map(DSL::name).toArray(QueryPart[]::new);
    return dsl.execute(
        "INSERT INTO {0} ({1}) SELECT {2} FROM {3} WHERE {4} ON CONFLICT DO NOTHING",
        DSL.name(target.getName()),
        DSL.list(names),
        DSL.list(mapped.values().toArray(QueryPart[]::new)),
        DSL.name(source.getName()),
        condition);
  }
}
