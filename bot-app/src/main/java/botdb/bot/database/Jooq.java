package botdb.bot.database;

import java.sql.Connection;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** jOOQ as the bot uses it. */
public final class Jooq {
  static {
    // jOOQ writes advertising into the log of whoever loads it first.
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
  }

  private Jooq() {}

  /** Returns jOOQ on an open connection, which stays the caller's. */
  public static DSLContext on(Connection connection) {
    // What jOOQ would log of a statement holds what people wrote.
    return DSL.using(connection, SQLDialect.SQLITE, new Settings().withExecuteLogging(false));
  }
}
