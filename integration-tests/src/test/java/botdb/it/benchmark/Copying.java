package botdb.it.benchmark;

import botdb.it.benchmark.Group.Findings;
import botdb.it.postgres.Address;
import botdb.it.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** A database from a file to a server and back, as a whole process, beside the bare rows. */
final class Copying {
  private static final String THERE = "ours, there";
  private static final String BACK = "ours, back";
  private static final String ROWS_THERE = "`\\copy … from`";
  private static final String ROWS_BACK = "`\\copy … to`";
  private static final Goal SMALL_MULTIPLE = Goal.atMost(4);
  private static final Quantity MOST_MEMORY = Quantity.mebibytes(160);
  private static final String SMALL_HEAP = "-Xmx64m";
  private static final String NOT_INSTALLED = "not installed";

  private final Bench bench;
  private final PostgresServer server;
  private final Path folder;
  private final Path database;
  private final Path rows;

  private Copying(Bench bench, PostgresServer server) throws IOException {
    this.bench = bench;
    this.server = server;
    this.folder = bench.folder("copy");
    this.database = folder.resolve("users.db");
    this.rows = folder.resolve("users.copy");
  }

  static void measure(Bench bench, Findings findings) throws Exception {
    try (PostgresServer server = PostgresServer.start()) {
      new Copying(bench, server).measure(findings);
    }
  }

  private void measure(Findings findings) throws Exception {
    Shape shape = bench.scale().copied();
    shape.create(database);
    Address full = server.freshDatabase();
    ours(database.toString(), full.url());
    boolean hasPsql = hasPsql(full);
    Turns<Program.Run> turns = new Turns<Program.Run>().with(THERE, this::there);
    if (hasPsql) {
      turns.with(ROWS_BACK, () -> psql(full, "\\copy users to '" + rows + "'"));
      turns.with(ROWS_THERE, this::rowsThere);
    }
    turns.with(BACK, () -> back(full));
    // It takes minutes: a start that is cold is lost in them.
    Map<String, Samples<Program.Run>> samples = turns.play(1);
    String what = "%s, %s".formatted(shape, Quantity.bytes(Files.size(database)));
    add(what + ", file to server", THERE, ROWS_THERE, samples, findings);
    add(what + ", server to file", BACK, ROWS_BACK, samples, findings);
    for (String way : List.of(THERE, BACK)) {
      Quantity memory = samples.get(way).largest(Program.Run::memory);
      String label = "%s, memory with `%s`, %s".formatted(shape, SMALL_HEAP, way);
      findings.add(Row.of(label, memory, "limit", MOST_MEMORY, Goal.atMost(1)));
    }
    Bench.delete(folder);
  }

  private static void add(
      String what,
      String ours,
      String theirs,
      Map<String, Samples<Program.Run>> samples,
      Findings findings) {
    findings.add(
        samples.containsKey(theirs)
            ? Row.of(
                what,
                samples.get(ours).median(Program.Run::time),
                theirs,
                samples.get(theirs).median(Program.Run::time),
                SMALL_MULTIPLE)
            : Row.leftOut(what, theirs, SMALL_MULTIPLE, NOT_INSTALLED));
  }

  private Program.Run there() throws Exception {
    Address target = server.freshDatabase();
    Bench.sync();
    Program.Run run = ours(database.toString(), target.url());
    server.drop(target);
    return run;
  }

  private Program.Run back(Address source) throws Exception {
    Path target = folder.resolve("back.db");
    Bench.sync();
    Program.Run run = ours(source.url(), target.toString());
    Files.delete(target);
    return run;
  }

  private Program.Run ours(String from, String to) throws IOException, InterruptedException {
    List<String> java = List.of(Jdk.running().java(), SMALL_HEAP, "-jar", bench.jar().toString());
    return Program.of(java, "copy", "--from", from, "--to", to).run(folder);
  }

  /** Into a table with the same key. */
  private Program.Run rowsThere() throws Exception {
    Address target = server.freshDatabase();
    target.execute(
        "CREATE TABLE users (user_id bigint PRIMARY KEY, username text, history text NOT NULL,"
            + " created_at timestamp(0))");
    Bench.sync();
    Program.Run run = psql(target, "\\copy users from '" + rows + "'");
    server.drop(target);
    return run;
  }

  private Program.Run psql(Address address, String command)
      throws IOException, InterruptedException {
    return Program.of("psql", "-q", "-d", address.url(), "-c", command).run(folder);
  }

  private boolean hasPsql(Address address) throws InterruptedException, SQLException {
    try {
      psql(address, "select 1");
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
