package botdb.migrations;

import botdb.migrations.cells.Cells;
import java.nio.charset.Charset;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Cells that are read and changed ahead of the statement that writes them: by a cursor on the same
 * connection, and on another core.
 *
 * <p>Both go through the table in the order of its rowids, and a row is only changed behind the
 * cursor; that each is the one which is asked for is checked all the same.
 */
final class SqliteCellsAhead implements AutoCloseable {
  /** Of what is read and not written yet: a piece of the heap, and enough to keep a core busy. */
  private static final long MOST =
      Math.min(Runtime.getRuntime().maxMemory() / 32, 32L * 1024 * 1024);

  /**
   * One that is being written, and the next one as it was and as it is to be, fit into the heap.
   */
  private static final long LONG = Runtime.getRuntime().maxMemory() / 6;

  private final PreparedStatement statement;
  private final ResultSet rows;
  private final Charset encoding;
  private final Cells.Change change;
  private final Queue<Ahead> read = new ArrayDeque<>();
  private final ExecutorService core =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "cells");
            thread.setDaemon(true);
            return thread;
          });
  private long bytes;

  private SqliteCellsAhead(PreparedStatement statement, Charset encoding, Cells.Change change)
      throws SQLException {
    this.statement = statement;
    this.rows = statement.executeQuery();
    this.encoding = encoding;
    this.change = change;
  }

  /** What returns rowid, type and bytes of each cell, in the order of the rowids. */
  record Query(String sql, Charset encoding) {}

  private record Ahead(long rowid, int bytes, Future<byte @Nullable []> changed) {}

  static SqliteCellsAhead open(DSLContext dsl, Query query, Cells.Change change) {
    return MigrationTransaction.trusted(
        dsl,
        connection -> {
          PreparedStatement statement = connection.prepareStatement(query.sql);
          try {
            return new SqliteCellsAhead(statement, query.encoding, change);
          } catch (SQLException e) {
            statement.close();
            throw e;
          }
        });
  }

  /** Returns the new bytes of the next cell, which is in this row; null if it is faulty. */
  byte @Nullable [] take(long rowid) throws SQLException {
    if (read.isEmpty()) {
      readOn();
    }
    Ahead next = read.poll();
    if (next == null || next.rowid != rowid) {
      throw new SQLException("rows came in another order than that of their rowids");
    }
    try {
      byte[] changed = next.changed.get();
      bytes -= next.bytes;
      if (next.bytes < LONG) {
        readOn(); // so that the next one is changed while this one is written
      }
      return changed;
    } catch (ExecutionException e) {
      throw new SQLException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", e);
    }
  }

  private void readOn() throws SQLException {
    while (bytes < MOST && rows.next()) {
      Cells.Cell cell = SqliteCellFunction.cell(rows.getString(2), rows.getBytes(3), encoding);
      bytes += cell.bytes().length;
      read.add(
          new Ahead(rows.getLong(1), cell.bytes().length, core.submit(() -> change.apply(cell))));
    }
  }

  @Override
  public void close() {
    core.shutdownNow();
    try (statement) {
      rows.close();
    } catch (SQLException e) {
      // Its transaction was rolled back under it, and it has nothing more to tell.
      return;
    }
  }
}
