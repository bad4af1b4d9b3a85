package botdb.it.benchmark;

import botdb.it.benchmark.Group.Findings;
import botdb.it.benchmark.contender.SqlRewrite;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.sqlite.JDBC;

/** Migration 001 as a whole process, on databases of four shapes. */
final class Rewriting {
  private static final String OURS = "ours";
  private static final String WITH_BACKUP = "ours, with a backup";
  private static final String COPY = "copy + fsync";
  private static final String SQL = "one UPDATE";
  private static final String PYTHON = "Python migration";
  private static final double TIMES_AS_FAST_AS_SQL = 2.2;
  private static final double TIMES_AS_FAST_AS_PYTHON = 5;
  private static final double COPIES = 6.5;
  private static final double COPIES_WITH_BACKUP = 9.5;
  private static final Quantity MOST_MEMORY = Quantity.mebibytes(160);
  private static final String SMALL_HEAP = "-Xmx64m";
  private static final String HEAP_FOR_LONG = "-Xmx128m";

  private final Bench bench;
  private final Shape shape;
  private final Path folder;
  private final Path template;
  private final Turns<Program.Run> turns = new Turns<>();

  private Rewriting(Bench bench, Shape shape) throws IOException {
    this.bench = bench;
    this.shape = shape;
    this.folder = bench.folder("rewrite");
    this.template = folder.resolve("template.db");
  }

  static void measure(Bench bench, Findings findings) throws Exception {
    Scale scale = bench.scale();
    for (Shape shape : List.of(scale.manyShort(), scale.large(), scale.veryManyShort())) {
      new Rewriting(bench, shape).measure(SMALL_HEAP, scale, findings);
    }
    new Rewriting(bench, scale.fewLong()).measure(HEAP_FOR_LONG, scale, findings);
  }

  private void measure(String heap, Scale scale, Findings findings) throws Exception {
    System.err.println(" " + shape);
    shape.create(template);
    boolean isLarge = shape.equals(scale.large());
    Jdk jdk = Jdk.running();
    List<String> bot = List.of(jdk.java(), heap, "-jar", bench.jar().toString(), "migrate");
    turns.with(COPY, this::copy);
    turns.with(OURS, onCopy(Program.of(bot, "--no-backup", "--database")));
    if (isLarge) {
      turns.with(WITH_BACKUP, onCopy(Program.of(bot, "--database")));
    }
    List<String> options = List.of(heap);
    turns.with(SQL, onCopy(Program.main(jdk, options, SqlRewrite.class, JDBC.class, Logger.class)));
    String python = bench.python();
    if (python != null) {
      Path script = bench.script("migration_001_add_timestamp_to_messages.py", folder);
      turns.with(PYTHON, onCopy(Program.of(python, script.toString())));
    }
    Map<String, Samples<Program.Run>> samples = turns.playAfterWarmUp(scale.longRounds());
    report(samples, isLarge, heap, findings);
    Bench.delete(folder);
  }

  private Turns.Contender<Program.Run> onCopy(Program program) {
    return () -> {
      Path inner = Files.createDirectory(folder.resolve("run"));
      Path database = inner.resolve("users.db");
      Files.copy(template, database);
      Bench.sync();
      Program.Run run = program.with(database.toString()).run(inner);
      Bench.delete(inner);
      return run;
    };
  }

  /** As fast as a file of this size gets onto the disk at all. */
  private Program.Run copy() throws IOException, InterruptedException {
    Path source = folder.resolve("source.db");
    Path target = folder.resolve("copy.db");
    Files.copy(template, source, StandardCopyOption.REPLACE_EXISTING);
    Bench.sync();
    long start = System.nanoTime();
    try (FileChannel in = FileChannel.open(source);
        FileChannel out =
            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long done = 0;
      while (done < in.size()) {
        done += in.transferTo(done, in.size() - done, out);
      }
      out.force(true);
    }
    Quantity time = Quantity.seconds((System.nanoTime() - start) / 1e9);
    Files.delete(source);
    Files.delete(target);
    return new Program.Run(time, Quantity.bytes(0));
  }

  private void report(
      Map<String, Samples<Program.Run>> samples, boolean isLarge, String heap, Findings findings)
      throws IOException {
    Quantity ours = time(samples, OURS);
    Goal copies = isLarge ? Goal.atMost(COPIES) : Goal.NONE;
    String what = "%s, %s".formatted(shape, Quantity.bytes(Files.size(template)));
    findings.add(Row.of(what, ours, COPY, time(samples, COPY), copies));
    if (isLarge) {
      findings.add(
          Row.of(
              what + ", with a backup",
              time(samples, WITH_BACKUP),
              COPY,
              time(samples, COPY),
              Goal.atMost(COPIES_WITH_BACKUP)));
    }
    Goal ofSql = Goal.timesAsFast(TIMES_AS_FAST_AS_SQL);
    findings.add(Row.of(what, ours, SQL, time(samples, SQL), ofSql));
    Goal ofPython = Goal.timesAsFast(TIMES_AS_FAST_AS_PYTHON);
    findings.add(
        samples.containsKey(PYTHON)
            ? Row.of(what, ours, PYTHON, time(samples, PYTHON), ofPython)
            : Row.leftOut(what, PYTHON, ofPython, "not installed"));
    reportMemory(samples, heap, findings);
  }

  /** A long history needs a larger heap, for which there is no limit. */
  private void reportMemory(
      Map<String, Samples<Program.Run>> samples, String heap, Findings findings) {
    String what = "%s, memory with `%s`".formatted(shape, heap);
    Quantity ours = samples.get(OURS).largest(Program.Run::memory);
    Goal goal = heap.equals(SMALL_HEAP) ? Goal.atMost(1) : Goal.NONE;
    findings.add(Row.of(what, ours, "limit", MOST_MEMORY, goal));
  }

  private static Quantity time(Map<String, Samples<Program.Run>> samples, String name) {
    return samples.get(name).median(Program.Run::time);
  }
}
