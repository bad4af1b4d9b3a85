package botdb.migrations;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGEnvironment;

/**
 * Where a database of PostgreSQL is, and who asks for it.
 *
 * @param name as messages call it: without password and settings
 * @param url for the driver, without user and password
 * @param database its name on the server
 * @param properties for the driver, user and password among them
 */
record PostgresAddress(String name, String url, String database, Properties properties) {
  private static final String FORM = "write it as postgres://user@host:5432/database";
  private static final int PORT = 5432;

  /**
   * Reads an address; a password that it does not name is looked for in the environment as {@code
   * PGPASSWORD}, then by the driver in the file of {@code PGPASSFILE}.
   *
   * @throws MigrationException.UnusablePath if host or database are missing, or it cannot be read;
   *     the message has neither password nor settings
   */
  static PostgresAddress parse(String address, Map<String, String> environment) {
    try {
      URI uri = new URI(address.replaceFirst("^(jdbc:)?postgres(ql)?:", "postgres:"));
      String path = uri.getPath();
      if (uri.getHost() == null || path == null || path.length() < 2) {
        throw unusable();
      }
      String server = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
      int port = uri.getPort() < 0 ? PORT : uri.getPort();
      String database = path.substring(1);
      Properties properties = properties(uri);
      setIfAbsent(properties, "user", environment.get("PGUSER"));
      setIfAbsent(properties, "password", environment.get("PGPASSWORD"));
      readPasswordsFrom(environment.get("PGPASSFILE"));
      return new PostgresAddress(
          "postgres://" + server + "/" + database,
          "jdbc:postgresql://%s:%d/%s"
              .formatted(uri.getHost(), port, uri.getRawPath().substring(1)),
          database,
          properties);
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw unusable();
    }
  }

  private static MigrationException unusable() {
    return new MigrationException.UnusablePath(
        "the address of the server", "cannot be read as one of PostgreSQL", FORM);
  }

  private static Properties properties(URI uri) {
    Properties properties = new Properties();
    if (uri.getRawUserInfo() != null) {
      String[] parts = uri.getRawUserInfo().split(":", 2);
      properties.setProperty("user", decoded(parts[0]));
      if (parts.length > 1) {
        properties.setProperty("password", decoded(parts[1]));
      }
    }
    if (uri.getRawQuery() != null) {
      for (String setting : uri.getRawQuery().split("&")) {
        String[] parts = setting.split("=", 2);
        properties.setProperty(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
      }
    }
    return properties;
  }

  /** In user and password a plus is a plus; the decoder takes it for a space. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static void setIfAbsent(Properties properties, String key, @Nullable String value) {
    if (value != null && !properties.containsKey(key)) {
      properties.setProperty(key, value);
    }
  }

  /** The driver reads the file itself, and knows no other way to be told another one. */
  private static void readPasswordsFrom(@Nullable String file) {
    if (file != null) {
      System.setProperty(PGEnvironment.ORG_POSTGRESQL_PGPASSFILE.getName(), file);
    }
  }

  /** Nothing of it may get into a message by accident. */
  @Override
  public String toString() {
    return name;
  }
}
