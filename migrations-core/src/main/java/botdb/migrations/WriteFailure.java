package botdb.migrations;

import java.sql.SQLException;

/** Of the two sides of a copy, it was the one that is written to. */
final class WriteFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient SQLException reason;

  WriteFailure(SQLException reason) {
    super(reason);
    this.reason = reason;
  }

  SQLException reason() {
    return reason;
  }

  /** Something that is asked of the side that is written to. */
  interface Question<T> {
    T ask() throws SQLException;
  }

  /** Something that is done to the side that is written to. */
  interface Step {
    void take() throws SQLException;
  }

  static <T> T in(Question<T> question) {
    try {
      return question.ask();
    } catch (SQLException e) {
      throw new WriteFailure(e);
    }
  }

  static void during(Step step) {
    try {
      step.take();
    } catch (SQLException e) {
      throw new WriteFailure(e);
    }
  }
}
