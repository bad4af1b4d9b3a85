package botdb.it.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a database holds, as text: every row of every table, and the schema as it is created. */
final class Content {
  private Content() {}

  /** Returns all of it; {@code migration_lock} and {@code migration_log} left out. */
  static Map<String, List<String>> of(Address database) throws SQLException {
    Map<String, List<String>> content = new TreeMap<>();
    for (String table :
        database.query(
            "select oid::regclass from pg_class where relnamespace = 'public'::regnamespace"
                + " and relkind in ('r', 'm', 'v') and relname not in ('migration_lock', 'migration_log')")) {
      content.put(table, database.query("select t::text from only " + table + " t order by 1"));
    }
    content.put("schema", schema(database));
    content.put("namespaces", database.query("select nspname from pg_namespace order by 1"));
    return content;
  }

  /** As {@code pg_dump} says it, owners and rights among it; sequences by their last number. */
  static List<String> schema(Address database) throws SQLException {
    List<String> said =
        dump(database, "--schema-only", "-T", "migration_lock", "-T", "migration_log*")
            .lines()
            .filter(line -> !line.startsWith("--") && !line.contains("restrict "))
            .collect(Collectors.toList());
    said.addAll(
        database.query(
            "select sequencename, last_value from pg_sequences"
                + " where sequencename not like 'migration%' order by 1"));
    return said;
  }

  private static String dump(Address database, String... arguments) {
    List<String> command = new java.util.ArrayList<>(List.of("pg_dump"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "PGHOST", "127.0.0.1",
                "PGPORT", String.valueOf(database.port()),
                "PGDATABASE", database.database(),
                "PGUSER", database.user(),
                "PGPASSWORD", database.password()));
    try {
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
