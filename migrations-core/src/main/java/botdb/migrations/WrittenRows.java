package botdb.migrations;

import java.sql.SQLException;

/** Passes rows on and counts them; what fails here is not the side that is read. */
record WrittenRows(CellSink rows, Runnable row) implements CellSink {
  @Override
  public void nothing() {
    try {
      rows.nothing();
    } catch (SQLException e) {
      throw new WriteFailure(e);
    }
  }

  @Override
  public void whole(long value) {
    try {
      rows.whole(value);
    } catch (SQLException e) {
      throw new WriteFailure(e);
    }
  }

  @Override
  public void real(double value) {
    try {
      rows.real(value);
    } catch (SQLException e) {
      throw new WriteFailure(e);
    }
  }

  @Override
  public void text(byte[] utf8) {
    try {
      rows.text(utf8);
    } catch (SQLException e) {
      throw new WriteFailure(e);
    }
  }

  @Override
  public void blob(byte[] bytes) {
    try {
      rows.blob(bytes);
    } catch (SQLException e) {
      throw new WriteFailure(e);
    }
  }

  @Override
  public void time(long micros) {
    try {
      rows.time(micros);
    } catch (SQLException e) {
      throw new WriteFailure(e);
    }
  }

  @Override
  public void endRow() {
    try {
      rows.endRow();
    } catch (SQLException e) {
      throw new WriteFailure(e);
    }
    row.run();
  }
}
