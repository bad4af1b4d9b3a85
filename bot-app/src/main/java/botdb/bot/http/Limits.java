package botdb.bot.http;

import java.time.Duration;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * What one client, and all of them together, can take of the server.
 *
 * @param connections how many may be open at once; others wait to be accepted
 * @param idle how long nothing may happen on a connection while something is under way
 * @param head how long the head of a request may take, counted from the opening of the connection
 *     or the end of the request before it
 * @param body how long its body may take from then on
 * @param answer how long its answer may take
 */
record Limits(int connections, Duration idle, Duration head, Duration body, Duration answer) {
  private static final int LONGEST_HEAD = 8192;

  static final Limits USUAL =
      new Limits(
          500,
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofMinutes(10));

  ServerConnector connector(Server server, HttpConfiguration http) {
    http.setRequestHeaderSize(LONGEST_HEAD);
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setIdleTimeout(idle.toMillis());
    SlowClients slow = new SlowClients(connector.getScheduler(), this);
    http.addCustomizer(slow);
    connector.addBean(slow);
    server.addBean(new NetworkConnectionLimit(connections, connector));
    return connector;
  }
}
