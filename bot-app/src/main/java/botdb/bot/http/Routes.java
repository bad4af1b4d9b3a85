package botdb.bot.http;

import io.javalin.config.RoutesConfig;

/** Some of what can be asked over HTTP. */
public interface Routes {

  /** Adds what these routes answer, each with the {@link Door} that it lies behind. */
  void addTo(RoutesConfig routes);
}
