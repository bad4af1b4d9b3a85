package botdb.it.benchmark;

import botdb.it.benchmark.Group.Findings;
import botdb.it.benchmark.contender.BareStart;
import botdb.it.benchmark.contender.EmptyStart;
import botdb.it.benchmark.contender.FlywayStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.sqlite.JDBC;

/** Whole processes on a database that is up to date: what every start of the bot pays. */
final class ColdStart {
  private static final String BARE = "bare JDBC";
  private static final String EMPTY = "empty JVM";
  private static final String FLYWAY = "Flyway";
  private static final String PYTHON = "Python manager";
  private static final double OF_BARE = 1.3;
  private static final double SERVE_OF_PYTHON = 2.5;

  private final Bench bench;
  private final Path folder;
  private final Turns<Quantity> turns = new Turns<>();
  private final Map<String, Goal> launched = new LinkedHashMap<>();

  private ColdStart(Bench bench, Path folder) {
    this.bench = bench;
    this.folder = folder;
  }

  static void measure(Bench bench, Findings findings) throws Exception {
    ColdStart start = new ColdStart(bench, bench.folder("start"));
    start.addOurs();
    start.addOthers();
    if (Files.isExecutable(bench.launcher())) {
      for (Jdk jdk : Jdk.all()) {
        start.addLauncher(jdk);
      }
    }
    start.report(start.turns.playAfterWarmUp(bench.scale().rounds()), findings);
  }

  private void addOurs() throws Exception {
    List<String> bot = bench.bot(Jdk.running());
    turns.with("`status`", whole(Program.of(bot, "status", "--database", database("status"))));
    turns.with("`migrate`", whole(Program.of(bot, "migrate", "--database", database("migrate"))));
    turns.with("`serve`", serving(Program.of(bot, "serve", "--database", database("serve"))));
  }

  private void addOthers() throws Exception {
    Jdk jdk = Jdk.running();
    List<String> none = List.of();
    turns.with(EMPTY, whole(Program.main(jdk, none, EmptyStart.class)));
    Program bare = Program.main(jdk, none, BareStart.class, JDBC.class, Logger.class);
    turns.with(BARE, whole(bare.with(database("bare"))));
    Path migrations = FlywayStart.migrations(folder.resolve("flyway"), 1);
    Program flyway =
        Program.main(jdk, none, FlywayStart.class, Flyway.class, JDBC.class, Logger.class);
    String database = folder.resolve("flyway.db").toString();
    turns.with(FLYWAY, whole(flyway.with(database, migrations.toString())));
    String python = bench.python();
    if (python != null) {
      Path manager = bench.script("manager.py", folder);
      Path applied = folder.resolve("migrations");
      bench.script("migration_001_add_timestamp_to_messages.py", applied);
      turns.with(
          PYTHON,
          whole(Program.of(python, manager.toString(), database("python"), applied.toString())));
    }
  }

  private void addLauncher(Jdk jdk) throws Exception {
    Path cache = bench.folder("cache-" + jdk.version());
    String path = jdk.home().resolve("bin") + ":" + System.getenv("PATH");
    Program bot =
        Program.of(bench.launcher().toString())
            .withSetting("BOT_CACHE", cache.toString())
            // What it keeps for later starts is made by the first one, which does not count.
            .withSetting("BOT_TRAINING", "wait")
            .withSetting("BOT_JAR", bench.jar().toString())
            .withSetting("JAVA_HOME", jdk.home().toString())
            .withSetting("PATH", path);
    String by = "launcher, " + jdk.name() + ": ";
    String database = database("launcher-" + jdk.version());
    launch(by + "`status`", whole(bot.with("status", "--database", database)), 1);
    launch(by + "`migrate`", whole(bot.with("migrate", "--database", database)), 1);
    Program serve = bot.with("serve", "--database", database("launched-" + jdk.version()));
    launch(by + "`serve`", serving(serve), SERVE_OF_PYTHON);
  }

  private void launch(String name, Turns.Contender<Quantity> contender, double ofPython) {
    turns.with(name, contender);
    launched.put(name, Goal.atMost(ofPython));
  }

  private Turns.Contender<Quantity> whole(Program program) {
    return () -> program.run(folder).time();
  }

  private Turns.Contender<Quantity> serving(Program program) {
    return () -> {
      try (Serving serving = Serving.start(program, folder)) {
        return serving.startUp();
      }
    };
  }

  /** A database that is up to date, for one contender alone: some change the journal mode. */
  private String database(String name) throws Exception {
    String file = folder.resolve(name + ".db").toString();
    Program.of(bench.bot(Jdk.running()), "migrate", "--database", file).run(folder);
    return file;
  }

  private void report(Map<String, Samples<Quantity>> samples, Findings findings) {
    for (String ours : List.of("`status`", "`migrate`")) {
      add(findings, samples, ours, BARE, Goal.atMost(OF_BARE));
    }
    for (String contender : List.of(EMPTY, FLYWAY, PYTHON)) {
      add(findings, samples, "`status`", contender, Goal.NONE);
    }
    add(findings, samples, "`serve` until it answers", PYTHON, Goal.NONE);
    launched.forEach((name, goal) -> add(findings, samples, name, PYTHON, goal));
    if (launched.isEmpty()) {
      findings.add(Row.leftOut("launcher: `status`", PYTHON, Goal.atMost(1), "no launcher"));
    }
  }

  private static void add(
      Findings findings,
      Map<String, Samples<Quantity>> samples,
      String what,
      String contender,
      Goal goal) {
    if (!samples.containsKey(contender)) {
      findings.add(Row.leftOut(what, contender, goal, "not installed"));
      return;
    }
    String ours = what.replace(" until it answers", "");
    findings.add(Row.of(what, median(samples, ours), contender, median(samples, contender), goal));
  }

  private static Quantity median(Map<String, Samples<Quantity>> samples, String name) {
    return samples.get(name).median(time -> time);
  }
}
