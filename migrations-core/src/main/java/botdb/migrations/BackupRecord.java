package botdb.migrations;

import botdb.migrations.Backups.Backup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a backup, in a file beside it: a line for each fact, its name and its value. */
final class BackupRecord {
  private static final String SUFFIX = ".record";
  private static final String CONTENTS = "contents";

  private BackupRecord() {}

  static Path beside(Path backup) {
    return backup.resolveSibling(backup.getFileName() + SUFFIX);
  }

  /**
   * Whether a file is a record, whole or not, of a backup that is not there and is not being made.
   */
  static boolean isOfNothing(Path file) {
    String name = file.getFileName().toString();
    int suffix = name.lastIndexOf(SUFFIX);
    String rest = suffix < 0 ? "" : name.substring(suffix + SUFFIX.length());
    if (suffix < 0 || !(rest.isEmpty() || rest.equals(BackupWriter.PARTIAL))) {
      return false;
    }
    Path backup = file.resolveSibling(name.substring(0, suffix));
    // In this order: it gets its name while one looks.
    return !Files.exists(BackupWriter.beside(backup)) && !Files.exists(backup);
  }

  /**
   * Writes the record of a backup that is about to get its name; whole or not at all.
   *
   * @param contents a checksum of what it holds; null if that of the file is one
   */
  static void write(Backup backup, @Nullable String contents) throws IOException {
    String text =
        """
        taken_at %s
        version %d
        program %s
        bytes %d
        sha256 %s
        """
                .formatted(
                    backup.takenAt(),
                    backup.version(),
                    backup.program(),
                    backup.bytes(),
                    backup.sha256())
            + (contents == null ? "" : CONTENTS + " " + contents + "\n");
    Path record = beside(backup.file());
    Path partial = record.resolveSibling(record.getFileName() + BackupWriter.PARTIAL);
    Files.writeString(partial, text, StandardCharsets.UTF_8);
    FileSync.sync(partial);
    Files.move(partial, record, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Reads the record of a backup; nothing if there is none, or none that can be read. */
  static Optional<Backup> read(Path backup) {
    if (!Files.isRegularFile(backup) || !Files.isRegularFile(beside(backup))) {
      return Optional.empty();
    }
    try {
      Map<String, String> facts = facts(backup);
      return Optional.of(
          new Backup(
              backup,
              facts.getOrDefault("taken_at", ""),
              Integer.parseInt(facts.getOrDefault("version", "")),
              facts.getOrDefault("program", ""),
              Long.parseLong(facts.getOrDefault("bytes", "")),
              facts.getOrDefault("sha256", "")));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Returns a checksum of what a backup holds, whenever it was made; empty without one. */
  static String contents(Backup backup) {
    try {
      return facts(backup.file()).getOrDefault(CONTENTS, backup.sha256());
    } catch (IOException e) {
      return "";
    }
  }

  private static Map<String, String> facts(Path backup) throws IOException {
    Map<String, String> facts = new HashMap<>();
    for (String line : Files.readAllLines(beside(backup), StandardCharsets.UTF_8)) {
      int space = line.indexOf(' ');
      if (space > 0) {
        facts.put(line.substring(0, space), line.substring(space + 1));
      }
    }
    return facts;
  }
}
