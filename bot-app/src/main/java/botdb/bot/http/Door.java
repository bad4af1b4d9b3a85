package botdb.bot.http;

import io.javalin.security.RouteRole;

/** Who may ask; a route that names no door is the owner's. */
public enum Door implements RouteRole {
  /** Everybody who reaches the port. */
  OPEN,
  /** Visitors: who knows the password, where one is set. */
  VISITOR,
  /** Programs of the owner: they reach every conversation. */
  OWNER
}
