package botdb.bot.probe;

import botdb.bot.output.BotException;
import botdb.bot.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Asks the bot of this machine whether it can work: {@code GET /health} at the address and port of
 * the settings.
 *
 * <p>Ends with 0 if it can and with 1 if not. For containers, whose images hold no program to ask
 * with.
 */
public final class HealthProbe {
  private static final int PATIENCE_MILLIS = 5_000;

  private HealthProbe() {}

  /** Prints the first line of the answer, or why there is none. */
  public static void main(String[] args) {
    System.exit(ask(Settings.ofProcess()));
  }

  private static int ask(Settings settings) {
    try (Socket socket = new Socket()) {
      InetAddress host = InetAddress.getByName(settings.host());
      InetAddress asked = host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host;
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(asked, settings.port()), PATIENCE_MILLIS);
      String request = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String status = answer.lines().findFirst().orElse("no answer");
      System.out.println(status);
      return status.startsWith("HTTP/1.1 200") ? 0 : 1;
    } catch (IOException | BotException e) {
      System.out.println(e.getMessage());
      return 1;
    }
  }
}
