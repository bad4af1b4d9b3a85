package botdb.bot.check;

import botdb.catalog.json.JsonColumn;
import botdb.catalog.json.JsonDialect;
import botdb.catalog.migrations.BotCatalog;
import botdb.catalog.migrations.Snapshots;
import botdb.catalog.schema.current.tables.Users;
import botdb.migrations.Database;
import botdb.migrations.MigrationException;
import botdb.migrations.MigrationPlan;
import botdb.migrations.MigrationPlan.EntryState;
import botdb.migrations.Migrator;
import botdb.migrations.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.exception.DataAccessException;

/**
 * Looks a database over, reading only.
 *
 * <p>A database that is damaged, even so that SQLite refuses to read on, is a result and no
 * failure: whatever can still be looked at is looked at.
 *
 * <pre>{@code
 * for (Check check : Verification.of(Database.parse("users.db")).checks()) { … }
 * }</pre>
 */
public final class Verification {
  private final Database file;
  private final Connection connection;
  private final List<Check> checks = new ArrayList<>();

  private Verification(Database file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /**
   * Looks a database over.
   *
   * @throws MigrationException.DatabaseMissing if there is none
   * @throws MigrationException if the file cannot be read, or is no database
   */
  public static List<Check> of(Database file) {
    try (Connection connection = file.openReadOnly()) {
      Verification verification = new Verification(file, connection);
      verification.look();
      return List.copyOf(verification.checks);
    } catch (SQLException e) {
      throw file.explain(e);
    }
  }

  private void look() {
    add("integrity", this::integrity);
    add("foreign keys", this::foreignKeys);
    add("migrations", this::migrations);
    add("editions", this::editions);
    add("schema", this::schema);
    add("histories", this::histories);
  }

  private interface Look {
    Check at(String name) throws SQLException;
  }

  private void add(String name, Look look) {
    try {
      checks.add(look.at(name));
    } catch (MigrationException e) {
      checks.add(unreadable(name, e, e.getCause()));
    } catch (DataAccessException e) {
      SQLException cause = e.getCause(SQLException.class);
      if (cause == null) {
        throw e;
      }
      checks.add(unreadable(name, file.explain(cause), cause));
    } catch (SQLException e) {
      checks.add(unreadable(name, file.explain(e), e));
    }
  }

  /** Damage is what was looked for; everything else is a reason why nothing could be looked at. */
  private static Check unreadable(String name, MigrationException failure, Throwable cause) {
    if (failure instanceof MigrationException.Corrupt
        || failure instanceof MigrationException.UnsuitableSchema) {
      String fact =
          cause == null ? failure.getMessage().lines().findFirst().orElse("") : cause.getMessage();
      return new Check(name, Check.Result.FAILED, List.of("cannot be read: " + fact));
    }
    throw failure;
  }

  private Check integrity(String name) throws SQLException {
    return Check.strict(name, file.integrityFaults(connection));
  }

  private Check foreignKeys(String name) throws SQLException {
    return Check.strict(name, file.foreignKeyFaults(connection));
  }

  private Migrator migrator() {
    return Migrator.of(file, BotCatalog.migrations());
  }

  private MigrationPlan plan() {
    return migrator().plan();
  }

  private Check migrations(String name) {
    MigrationPlan plan = plan();
    List<String> details = new ArrayList<>();
    for (MigrationPlan.Entry entry : plan.entries()) {
      if (entry.state() != EntryState.APPLIED) {
        details.add(
            entry.name() + " is " + (entry.state() == EntryState.PENDING ? "pending" : "unknown"));
      }
    }
    return plan.unknown().isEmpty() ? Check.noted(name, details) : Check.strict(name, details);
  }

  /** Whether the applied migrations are those of this program, and not others of the same names. */
  private Check editions(String name) {
    try {
      migrator().checkEditions();
      return Check.ok(name);
    } catch (MigrationException.OtherEdition e) {
      return Check.strict(name, List.of(e.fact()));
    }
  }

  private Check schema(String name) throws SQLException {
    int version = 0;
    for (MigrationPlan.Entry entry : plan().entries()) {
      if (entry.state() == EntryState.APPLIED && entry.number() != null) {
        version = Math.max(version, entry.number());
      }
    }
    List<Schema> snapshots = new ArrayList<>();
    for (int i = 0; i <= BotCatalog.migrations().size(); i++) {
      snapshots.add(file.schemaOf(Snapshots.sql(i)));
    }
    return new SchemaComparison(snapshots, version).check(name, file.schema(connection));
  }

  private Check histories(String name) throws SQLException {
    List<String> columns = file.columns(connection, Users.USERS.getName());
    if (!columns.contains(Users.USERS.HISTORY.getName())) {
      return Check.noted(name, List.of("there are none"));
    }
    JsonColumn histories =
        JsonColumn.of(Users.USERS.HISTORY).rowsNamed("user", Users.USERS.USER_ID);
    // What is pending rewrites only what is JSON to the letter; the bot reads what Python wrote,
    // too.
    JsonDialect dialect = plan().pending().isEmpty() ? JsonDialect.PYTHON : JsonDialect.RFC_8259;
    return Check.strict(name, histories.faults(file.cells(file.jooq(connection)), dialect));
  }
}
