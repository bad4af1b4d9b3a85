package botdb.catalog.migrations;

import static java.nio.charset.StandardCharsets.UTF_8;

import botdb.catalog.TestDatabase;
import botdb.migrations.Migrator;
import botdb.migrations.Schema;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Notes what the migrations really do that are not in the lock yet, and the newest once more: the
 * line of each in {@code migrations.lock}, the text that the line is the fingerprint of, and the
 * snapshot, and shows how each differs from what was there.
 *
 * <p>A program of the build. What is noted of others is not noted anew.
 */
final class LockMigration {
  private static final String RESOURCES = "src/%s/resources/botdb/catalog/migrations/";

  /** Held, because java.util.logging forgets what it is told of a logger that nobody holds. */
  private static final Logger JOOQ = Logger.getLogger("org.jooq");

  private final Path module;
  private final PrintStream out;
  private final int newest = BotCatalog.migrations().size();

  LockMigration(Path module, PrintStream out) {
    this.module = module;
    this.out = out;
  }

  /** Takes the folder of the module. */
  public static void main(String[] arguments) throws Exception {
    JOOQ.setLevel(Level.WARNING);
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    if (!new LockMigration(Path.of(arguments[0]), out).run(Files.createTempDirectory("lock"))) {
      System.exit(1);
    }
  }

  /** Returns false, and changes nothing, if an earlier migration is not what it was. */
  boolean run(Path folder) throws SQLException, IOException {
    List<String> editions = Editions.run(folder);
    int first = firstToNote();
    for (int number = 1; number < first; number++) {
      if (!editions.get(number - 1).equals(Editions.text("%03d.txt".formatted(number)))) {
        out.printf(
            "%s does something else than migrations.lock says; undo that first%n",
            BotCatalog.migrations().names().get(number - 1));
        return false;
      }
    }
    String before = Editions.text("%03d.txt".formatted(first - 1));
    for (int number = first; number <= newest; number++) {
      String edition = editions.get(number - 1);
      replace(resource("test", "editions/%03d.txt".formatted(number)), edition, before);
      before = edition;
    }
    replace(resource("main", "migrations.lock"), lockWith(first, editions), "");
    writeSnapshots(first, Files.createDirectory(folder.resolve("snapshot")));
    return true;
  }

  private int firstToNote() {
    int noted = (int) BotCatalog.lock().lines().filter(line -> !line.startsWith("#")).count();
    return Math.min(noted + 1, newest);
  }

  private Path resource(String tree, String name) {
    return module.resolve(RESOURCES.formatted(tree)).resolve(name);
  }

  private String lockWith(int first, List<String> editions) {
    List<String> lines = new ArrayList<>(BotCatalog.lock().lines().toList());
    lines.removeIf(line -> line.compareTo("%03d ".formatted(first)) > 0 && !line.startsWith("#"));
    for (int number = first; number <= newest; number++) {
      lines.add(Editions.lockLine(number, editions.get(number - 1)));
    }
    return String.join("\n", lines) + "\n";
  }

  private void writeSnapshots(int first, Path folder) throws SQLException, IOException {
    try (TestDatabase database = TestDatabase.of(folder, Snapshots.sql(0))) {
      for (int number = 1; number <= newest; number++) {
        Migrator.of(database.file(), BotCatalog.migrations()).migrate(number);
        if (number >= first) {
          String snapshot = snapshot(database, Snapshots.sql(number));
          replace(module.resolve("src/main/schema/%03d.sql".formatted(number)), snapshot, "");
        }
      }
    }
  }

  /** The snapshot as it is if it says what the database is, else what SQLite has of it. */
  private static String snapshot(TestDatabase database, String written) throws SQLException {
    try (Connection connection = database.file().openReadOnly()) {
      Schema real = database.file().schema(connection);
      if (real.equals(schemaOf(written))) {
        return written;
      }
      String plain = SnapshotText.of(connection);
      String pretty = SnapshotText.indented(plain);
      return real.equals(schemaOf(pretty)) ? pretty : plain;
    }
  }

  private static Schema schemaOf(String script) {
    try {
      return Schema.ofScript(script);
    } catch (SQLException e) {
      return new Schema(new java.util.TreeSet<>());
    }
  }

  /** Writes a file, and shows what became of its lines; of a new one, since the one before it. */
  private void replace(Path file, String text, String otherwise) throws IOException {
    String before = Files.exists(file) ? Files.readString(file) : "";
    out.print(module.getFileName() + "/" + module.relativize(file));
    if (before.equals(text)) {
      out.println(" stays as it is");
      return;
    }
    Files.writeString(file, text);
    out.println();
    String old = before.isEmpty() ? otherwise : before;
    difference(old.lines().toList(), text.lines().toList()).forEach(out::println);
  }

  /**
   * Lines that went behind a minus and lines that came behind a plus, in the order of the texts.
   */
  static List<String> difference(List<String> before, List<String> after) {
    int[][] common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<String> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
        i++;
        j++;
      } else if (j == after.size() || i < before.size() && common[i + 1][j] >= common[i][j + 1]) {
        lines.add("  - " + before.get(i++));
      } else {
        lines.add("  + " + after.get(j++));
      }
    }
    return lines;
  }
}
