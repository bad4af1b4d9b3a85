package botdb.it;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of this machine that stay free until somebody listens on them, and between two who do.
 *
 * <p>The port that a system chooses for a listener is one of those that it gives to whoever
 * connects, too: as soon as nobody listens there, a connection of anybody may have it, even one
 * that was to lead there and then leads to itself.
 */
public final class Ports {
  // Linux begins at 32768 with those of connections, others later.
  private static final int FIRST = 15_000;
  private static final int END = 30_000;

  private Ports() {}

  /** Returns a port that nobody listens on. */
  public static int free() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (ServerSocket socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // That one is taken: another, then.
        continue;
      }
    }
  }
}
