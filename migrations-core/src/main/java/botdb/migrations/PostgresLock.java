package botdb.migrations;

import java.sql.SQLException;
import java.util.List;

/** What every transaction that writes has in common on a server. */
abstract class PostgresLock extends WriteLock {
  final PostgresDatabase database;

  PostgresLock(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  void prepare() {
    // The server looks after keys.
  }

  @Override
  List<String> lastingWords() {
    return List.of("temp", "set ", "prepare", "declare", "listen", "load");
  }

  /** Between two transactions anybody may have come. */
  @Override
  Object stamp() {
    return new Object();
  }

  @Override
  void settle() throws SQLException {
    PostgresAppended.fold(database.jooq(connection()), database.patience());
  }

  @Override
  ForeignKeyViolations violations() {
    return ForeignKeyViolations.none();
  }
}
