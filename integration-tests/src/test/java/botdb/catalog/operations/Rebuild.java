package botdb.catalog.operations;

import botdb.migrations.Migration;
import java.util.function.Consumer;
import org.jooq.impl.DSL;

/**
 * A {@link TableRebuild} of the table {@code notes} between versions that are in no catalog.
 *
 * @param operation what a migration does with it
 */
public record Rebuild(TableRebuild operation) implements Consumer<Migration.Context> {

  /** Takes two snapshots. */
  public static Rebuild between(String before, String after) {
    return new Rebuild(
        TableRebuild.of("notes", SchemaObjects.ofScript(before), SchemaObjects.ofScript(after)));
  }

  /** Returns the same rebuild with what is to stand in a column. */
  public Rebuild map(String column, String sql) {
    return new Rebuild(operation.map(column, DSL.field(sql)));
  }

  @Override
  public void accept(Migration.Context context) {
    operation.run(context);
  }
}
