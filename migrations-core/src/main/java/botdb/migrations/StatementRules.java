package botdb.migrations;

import java.io.Serial;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jspecify.annotations.Nullable;

/**
 * Looks at each statement of a migration before it is run, and refuses those that SQLite or JDBC
 * would take and not do.
 */
final class StatementRules implements ExecuteListener {
  @Serial private static final long serialVersionUID = 1;

  /** What SQLite ignores inside a transaction: https://sqlite.org/pragma.html. */
  private static final Set<String> PRAGMAS =
      Set.of("foreign_keys", "journal_mode", "page_size", "encoding", "auto_vacuum");

  private static final Set<String> MAY_LOSE_ROWS = Set.of("delete", "drop", "replace");

  private final transient Database database;
  private final transient Connection connection;
  private transient @Nullable Long newest;
  private transient @Nullable String last;
  private transient @Nullable RowCounts before;
  private transient boolean failed;

  StatementRules(Database database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  /** A statement was refused; nothing of it was run. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String fact) {
      super(fact);
    }

    /** Finds it behind what another thread or a library made of it; null if it is not there. */
    static @Nullable Refused in(Throwable thrown) {
      for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
        if (cause instanceof Refused refused) {
          return refused;
        }
      }
      return null;
    }
  }

  /**
   * The rows of each table that was there, before the first statement that may lose some and before
   * the migration had the connection in its hands; null if neither came.
   */
  @Nullable RowCounts before() {
    return before;
  }

  /** Whether a statement has failed, whatever the migration made of it. */
  boolean hasFailed() {
    return failed;
  }

  @Override
  public void exception(ExecuteContext context) {
    failed = true;
  }

  @Override
  public void prepareStart(ExecuteContext context) {
    for (String sql : context.batchSQL()) {
      // A migration that runs one statement for each of a million rows pays for the first.
      if (sql != null && !sql.equals(last)) {
        look(SqlTokens.of(sql));
        last = sql;
      }
    }
  }

  private void look(List<String> tokens) {
    if (tokens.isEmpty()) {
      return;
    }
    refuseSeveral(tokens);
    refuseEnd(tokens);
    refusePragma(tokens);
    count(tokens);
  }

  /** Not before it is needed: most migrations neither create tables nor lose rows. */
  private void count(List<String> tokens) {
    boolean mayLose = tokens.stream().anyMatch(MAY_LOSE_ROWS::contains);
    if (mayLose) {
      countRows();
    } else if (tokens.get(0).equals("create")) {
      noteNewest();
    }
  }

  /** Counts the rows of the tables that were there at first; only the first call does so. */
  void countRows() {
    noteNewest();
    if (before == null && newest != null) {
      before = RowCounts.of(database, connection, RowCounts.tables(database, connection, newest));
    }
  }

  /** The tables that the migration makes are its own, and what is in them. */
  private void noteNewest() {
    if (newest == null) {
      newest = RowCounts.newest(database, connection);
    }
  }

  private static void refuseSeveral(List<String> tokens) {
    int end = end(tokens);
    if (end >= 0 && tokens.subList(end, tokens.size()).stream().anyMatch(t -> !t.equals(";"))) {
      throw new Refused(
          "it hands over several statements in one string, of which the first would be run and the"
              + " rest dropped");
    }
  }

  /** Where the statement ends; that of a trigger holds statements of its own. */
  private static int end(List<String> tokens) {
    if (!tokens.get(0).equals("create") || !isTrigger(tokens)) {
      return tokens.indexOf(";");
    }
    for (int i = 1; i < tokens.size(); i++) {
      if (tokens.get(i).equals("end") && tokens.get(i - 1).equals(";")) {
        return i + 1;
      }
    }
    return -1;
  }

  private static boolean isTrigger(List<String> tokens) {
    return tokens.subList(1, Math.min(3, tokens.size())).contains("trigger");
  }

  private static void refuseEnd(List<String> tokens) {
    boolean ends =
        switch (tokens.get(0)) {
          case "begin", "commit", "end" -> true;
          case "rollback" -> !tokens.contains("to");
          default -> false;
        };
    if (ends) {
      throw new Refused(
          "it runs %s; the transaction is begun and ended by the runner"
              .formatted(tokens.get(0).toUpperCase(java.util.Locale.ROOT)));
    }
  }

  private static void refusePragma(List<String> tokens) {
    if (!tokens.get(0).equals("pragma") || tokens.size() < 3) {
      return;
    }
    int name = tokens.get(2).equals(".") ? 3 : 1;
    boolean sets = tokens.size() > name + 1 && !tokens.get(name + 1).equals(";");
    if (sets && PRAGMAS.contains(tokens.get(name))) {
      throw new Refused(
          "it sets PRAGMA %s, which does nothing inside a transaction".formatted(tokens.get(name)));
    }
  }
}
