package botdb.catalog.operations;

import botdb.migrations.MigrationException.UnsuitableData;
import java.util.List;

/** What is wrong with a migration and not with the data: its author is to read it in the build. */
final class Mistake {
  private Mistake() {}

  static UnsuitableData of(String fact) {
    return new UnsuitableData(List.of(fact), "report this as a bug, with the lines above");
  }
}
