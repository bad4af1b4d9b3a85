package botdb.bot.http;

import botdb.bot.chat.NoReplyException;
import botdb.catalog.json.JsonFault;
import botdb.migrations.Database;
import botdb.migrations.MigrationException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what handlers throw into answers; what is the bot's own fault goes into the log as well, by
 * its kind and place, since messages of exceptions may quote what people wrote.
 */
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger("botdb.http");

  private final Database file;

  Failures(Database file) {
    this.file = file;
  }

  void addTo(RoutesConfig routes) {
    routes.exception(Problem.class, (problem, context) -> answer(context, problem));
    routes.exception(HttpResponseException.class, Failures::refused);
    routes.exception(NoReplyException.class, (e, context) -> answer(context, noReply()));
    routes.exception(DataAccessException.class, (e, context) -> answer(context, database(e)));
    routes.exception(MigrationException.class, (e, context) -> answer(context, unreadable(e)));
    routes.exception(JsonFault.class, (e, context) -> answer(context, history(e)));
    routes.exception(Exception.class, (e, context) -> answer(context, unexpected(e)));
  }

  /** The router's own refusals: no such path, no such method on it. */
  private static void refused(HttpResponseException e, Context context) {
    String allowed = e.getDetails().get("availableMethods");
    if (allowed != null) {
      context.header("Allow", allowed);
    }
    answer(context, Problem.ofStatus(e.getStatus()));
  }

  /** Errors of the virtual machine come past everything else. */
  static void fatal(HttpServletResponse response, Error error) {
    logPlace("a request failed unexpectedly", error);
    Problem problem = Problem.ofStatus(500);
    try {
      response.setStatus(problem.status());
      response.setContentType("application/json");
      response.getOutputStream().write(problem.json().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.warn("whoever asked is gone");
    }
  }

  private static void answer(Context context, Problem problem) {
    problem.addHeadersTo(context);
    HttpApi.answer(context, problem.status(), problem.json());
  }

  /** Returns what to answer where the responder failed, which the log says already. */
  public static Problem noReply() {
    return new Problem(502, "no_reply", "your message is stored, but there is no answer to it");
  }

  private Problem database(DataAccessException e) {
    SQLException cause = e.getCause(SQLException.class);
    LOG.error(
        "the database failed: {}", cause == null ? e.getClass() : file.explain(cause).getMessage());
    return Problem.databaseUnavailable("the database cannot be used right now");
  }

  private static Problem unreadable(MigrationException e) {
    LOG.error("the database failed: {}", e.getMessage());
    return Problem.databaseUnavailable("the database cannot be used right now");
  }

  private static Problem history(JsonFault e) {
    LOG.error("a history cannot be read ({}); verify says which", e.getMessage());
    return new Problem(500, "unreadable_history", "the history of this user cannot be read");
  }

  private static Problem unexpected(Exception e) {
    logPlace("a request failed unexpectedly", e);
    return Problem.ofStatus(500);
  }

  private static void logPlace(String fact, Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    LOG.error("{}: {} at {}", fact, e.getClass().getName(), trace.length == 0 ? "?" : trace[0]);
  }
}
