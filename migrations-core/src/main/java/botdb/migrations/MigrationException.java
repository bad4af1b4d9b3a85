package botdb.migrations;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a database could not be looked at or migrated: a closed set, each with a stable code.
 *
 * <p>The message is written for the owner of the database: its first line makes sense alone in a
 * log, the lines after it say where, what survived and what to do. No message holds what a row
 * contains.
 *
 * <pre>{@code
 * try {
 *   migrator.migrate();
 * } catch (MigrationException.Superseded e) {
 *   System.err.println(e.getMessage());
 * }
 * }</pre>
 */
public abstract sealed class MigrationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String code;

  private MigrationException(String code, ErrorText text, @Nullable Throwable cause) {
    super(text.toString(), cause);
    this.code = code;
  }

  /** Returns the code of this kind of failure; it does not change between versions. */
  public final String code() {
    return code;
  }

  /** The list of migrations itself is wrong; seen when the catalog is made. */
  public static final class InvalidCatalog extends MigrationException {
    private static final long serialVersionUID = 1;

    InvalidCatalog(String fact, String remedy, @Nullable Throwable cause) {
      super(
          "invalid-catalog",
          new ErrorText("the catalog of migrations is wrong: " + fact).todo(remedy),
          cause);
    }
  }

  /** There is no database where one is needed. */
  public static final class DatabaseMissing extends MigrationException {
    private static final long serialVersionUID = 1;

    DatabaseMissing(Path file) {
      super(
          "database-missing",
          new ErrorText("there is no database " + file)
              .database(file)
              .todo("check the path; migrate or serve creates a new database there"),
          null);
    }
  }

  /** The path cannot be a database: a folder, a special file, a name that no driver accepts. */
  public static final class UnusablePath extends MigrationException {
    private static final long serialVersionUID = 1;

    UnusablePath(Path file, String fact, String remedy) {
      super("unusable-path", new ErrorText(file + " " + fact).database(file).todo(remedy), null);
    }
  }

  /** The file is something else than an SQLite database. */
  public static final class NotADatabase extends MigrationException {
    private static final long serialVersionUID = 1;

    NotADatabase(Path file, @Nullable Throwable cause) {
      super(
          "not-a-database",
          new ErrorText(file + " is not an SQLite database; nothing was changed")
              .database(file)
              .todo(
                  "check the path, or move the file away; an encrypted database is not supported"),
          cause);
    }
  }

  /** The file was an SQLite database and is damaged. */
  public static final class Corrupt extends MigrationException {
    private static final long serialVersionUID = 1;

    Corrupt(Path file, String fact, List<String> applied, @Nullable Throwable cause) {
      super(
          "corrupt",
          new ErrorText(file + " is damaged; " + ErrorText.changed(applied))
              .database(file)
              .at(List.of(fact))
              .applied(applied)
              .todo(
                  "restore a backup; without one, copy the file and try: sqlite3 "
                      + file
                      + " .recover | sqlite3 recovered.db"),
          cause);
    }
  }

  /** The file or its folder does not let itself be written. */
  public static final class ReadOnly extends MigrationException {
    private static final long serialVersionUID = 1;

    ReadOnly(Path file, String fact, @Nullable Throwable cause) {
      super(
          "read-only",
          new ErrorText(file + " cannot be written: " + fact + "; nothing was changed")
              .database(file)
              .todo("give the user of this program the right to write the file and its folder"),
          cause);
    }
  }

  /** A crash left a write half done; only a program that may write can roll it back. */
  public static final class UnfinishedWrite extends MigrationException {
    private static final long serialVersionUID = 1;

    UnfinishedWrite(Path file, Throwable cause) {
      super(
          "unfinished-write",
          new ErrorText(file + " cannot be read without writing: a crash left a write unfinished")
              .database(file)
              .todo(
                  "start migrate or serve, which roll it back first; keep the files "
                      + file.getFileName()
                      + "-journal and -wal beside the database"),
          cause);
    }
  }

  /** Another process held the database for longer than was waited. */
  public static final class Busy extends MigrationException {
    private static final long serialVersionUID = 1;

    /** The one who has it open is known. */
    Busy(Path file, String process) {
      super(
          "busy",
          new ErrorText(file + " is open in another process; nothing was changed")
              .database(file)
              .at(List.of("process " + process))
              .todo("stop that program, then start again"),
          null);
    }

    Busy(Path file, long seconds, List<String> applied, Throwable cause) {
      super(
          "busy",
          new ErrorText(
                  "%s is in use by another process, which did not let go for %d s; %s"
                      .formatted(file, seconds, ErrorText.changed(applied)))
              .database(file)
              .applied(applied)
              .todo("stop the other program that writes to it, then start again"),
          cause);
    }
  }

  /** There is no room left on the disk. */
  public static final class DiskFull extends MigrationException {
    private static final long serialVersionUID = 1;

    DiskFull(Path file, List<String> applied, Throwable cause) {
      super(
          "disk-full",
          new ErrorText("the disk of " + file + " is full; what was begun was rolled back")
              .database(file)
              .applied(applied)
              .todo("free about twice the size of the database, then start again"),
          cause);
    }
  }

  /** The operating system or SQLite failed in a way that has no kind of its own. */
  public static final class DatabaseFailed extends MigrationException {
    private static final long serialVersionUID = 1;

    DatabaseFailed(Path file, String fact, List<String> applied, Throwable cause) {
      super(
          "database-failed",
          new ErrorText(file + " cannot be used: " + fact)
              .database(file)
              .applied(applied)
              .todo("see that the disk and the file are in order, then start again"),
          cause);
    }
  }

  /** The database is no relative of the catalog's: a table is missing what it must have. */
  public static final class UnsuitableSchema extends MigrationException {
    private static final long serialVersionUID = 1;

    UnsuitableSchema(Path file, String fact) {
      super(
          "unsuitable-schema",
          new ErrorText(
                  file + " is not a database of this program: " + fact + "; nothing was changed")
              .database(file)
              .todo("check the path; a database of another program is not migrated"),
          null);
    }
  }

  /** The database names a migration that this program does not have. */
  public static final class Superseded extends MigrationException {
    private static final long serialVersionUID = 1;

    Superseded(Path file, MigrationPlan plan, List<String> applied) {
      super(
          "superseded",
          new ErrorText(
                  "%s was written by a newer program: %s is unknown to this one; %s"
                      .formatted(file, plan.unknown().get(0).name(), ErrorText.changed(applied)))
              .database(file)
              .applied(applied)
              .unknown(plan.unknown().stream().map(MigrationPlan.Entry::name).toList())
              .todo("start the newer program, or restore a backup from before it"),
          null);
    }
  }

  /** A backup could not be made, listed or put back. */
  public static final class BackupFailed extends MigrationException {
    private static final long serialVersionUID = 1;

    BackupFailed(Path file, String fact, Throwable cause) {
      super(
          "backup-failed",
          new ErrorText("the backup of " + file + " failed; the database was not changed")
              .database(file)
              .at(List.of(fact))
              .todo(
                  "see that the folder of the backups is there and can be written, then start again"),
          cause);
    }
  }

  /** A disk has too little room for what is to be done; seen before anything is written. */
  public static final class NotEnoughSpace extends MigrationException {
    private static final long serialVersionUID = 1;

    NotEnoughSpace(Path file, String needed, String free, List<String> items) {
      super(
          "not-enough-space",
          new ErrorText(
                  "%s needs %s of free space and there are %s; nothing was changed"
                      .formatted(file, needed, free))
              .database(file)
              .at(List.of("needed for: " + String.join(", ", items)))
              .todo("free some space, or put the backups on another disk with BOT_BACKUPS"),
          null);
    }
  }

  /** Another edition of a migration ran on this database, or has begun to. */
  public static final class OtherEdition extends MigrationException {
    private static final long serialVersionUID = 1;

    private final String fact;

    private OtherEdition(String fact, ErrorText text) {
      super("other-edition", text, null);
      this.fact = fact;
    }

    static OtherEdition applied(Path file, String migration, String applied, String known) {
      return new OtherEdition(
          "%s was applied in edition %s, and this program has %s"
              .formatted(migration, applied, known),
          new ErrorText(
                  "%s was applied to %s in another edition than this program has; nothing was changed"
                      .formatted(migration, file))
              .database(file)
              .at(List.of("applied   " + applied, "this one  " + known))
              .todo("start the program that migrated it, or restore a backup from before it"));
    }

    static OtherEdition begun(Path file, String migration, String begun, String known) {
      return new OtherEdition(
          "%s was begun in edition %s, and this program has %s".formatted(migration, begun, known),
          new ErrorText(
                  "%s was begun on %s in another edition than this program has; nothing was changed"
                      .formatted(migration, file))
              .database(file)
              .at(List.of("begun     " + begun, "this one  " + known))
              .todo(
                  "finish it with the program that began it, or restore the backup from before it"));
    }

    /** Returns in one line which editions there are, for a report in which nothing was tried. */
    public String fact() {
      return fact;
    }
  }

  /** A migration was asked for that is not there. */
  public static final class UnknownMigration extends MigrationException {
    private static final long serialVersionUID = 1;

    UnknownMigration(Path file, String fact, String remedy) {
      super(
          "unknown-migration",
          new ErrorText(fact + "; nothing was changed").database(file).todo(remedy),
          null);
    }
  }

  /** Rows are not as a migration needs them; thrown by migrations. */
  public static final class UnsuitableData extends MigrationException {
    private static final long serialVersionUID = 1;

    private final transient List<String> places;
    private final String remedy;

    /**
     * Says which rows stand in the way.
     *
     * @param places where and why, a line each, without the content: {@code users.history of user
     *     7: not a JSON array (character 1 of 9)}
     * @param remedy what the owner can do
     */
    public UnsuitableData(List<String> places, String remedy) {
      super(
          "unsuitable-data", new ErrorText("data stands in the way").at(places).todo(remedy), null);
      this.places = List.copyOf(places);
      this.remedy = remedy;
    }

    List<String> places() {
      return places;
    }

    String remedy() {
      return remedy;
    }
  }

  /** A migration failed and was rolled back; those before it stay. */
  public static final class MigrationFailed extends MigrationException {
    private static final long serialVersionUID = 1;

    MigrationFailed(ErrorText text, Throwable cause) {
      super("migration-failed", text, cause);
    }
  }
}
