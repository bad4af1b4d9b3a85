package botdb.bot.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where the bot is reached over HTTP, and what it asks of those who come; the last three are empty
 * where they are not set.
 *
 * @param host the address to listen on
 * @param port the port; 0 for any that is free
 * @param origin the address that browsers know, {@code https://bot.example.org}
 * @param password what visitors of the page have to know
 * @param apiToken what programs have to know that ask for users by their ids
 */
public record WebSettings(String host, int port, String origin, String password, String apiToken) {

  /** Returns whether only programs of this machine can reach the address. */
  public boolean isLocal() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // listening on it will say so
    }
  }

  /** Says neither the password nor the token. */
  @Override
  public String toString() {
    return "WebSettings[" + host + ":" + port + "]";
  }
}
