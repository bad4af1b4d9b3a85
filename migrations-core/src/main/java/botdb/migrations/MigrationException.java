package botdb.migrations;

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

    DatabaseMissing(String database) {
      this(database, "check the path; migrate or serve creates a new database there");
    }

    DatabaseMissing(String database, String remedy) {
      super(
          "database-missing",
          new ErrorText("there is no database " + database).database(database).todo(remedy),
          null);
    }
  }

  /** The path cannot be a database: a folder, a special file, a name that no driver accepts. */
  public static final class UnusablePath extends MigrationException {
    private static final long serialVersionUID = 1;

    UnusablePath(String database, String fact, String remedy) {
      super(
          "unusable-path",
          new ErrorText(database + " " + fact).database(database).todo(remedy),
          null);
    }
  }

  /** The file is something else than an SQLite database. */
  public static final class NotADatabase extends MigrationException {
    private static final long serialVersionUID = 1;

    NotADatabase(String database, @Nullable Throwable cause) {
      super(
          "not-a-database",
          new ErrorText(database + " is not an SQLite database; nothing was changed")
              .database(database)
              .todo(
                  "check the path, or move the file away; an encrypted database is not supported"),
          cause);
    }
  }

  /** The file was a database or a backup of one, and is damaged. */
  public static final class Corrupt extends MigrationException {
    private static final long serialVersionUID = 1;

    /** A backup of a database on a server. */
    Corrupt(String backup, String fact, @Nullable Throwable cause) {
      super(
          "corrupt",
          new ErrorText(backup + " is damaged; nothing was changed")
              .database(backup)
              .at(List.of(fact))
              .todo("take another backup of those that backups lists"),
          cause);
    }

    Corrupt(String database, String fact, List<String> applied, @Nullable Throwable cause) {
      super(
          "corrupt",
          new ErrorText(database + " is damaged; " + ErrorText.changed(applied))
              .database(database)
              .at(List.of(fact))
              .applied(applied)
              .todo(
                  "restore a backup; without one, copy the file and try: sqlite3 "
                      + database
                      + " .recover | sqlite3 recovered.db"),
          cause);
    }
  }

  /** The file or its folder does not let itself be written. */
  public static final class ReadOnly extends MigrationException {
    private static final long serialVersionUID = 1;

    ReadOnly(String database, String fact, @Nullable Throwable cause) {
      super(
          "read-only",
          new ErrorText(database + " cannot be written: " + fact + "; nothing was changed")
              .database(database)
              .todo("give the user of this program the right to write the file and its folder"),
          cause);
    }
  }

  /** A crash left a write half done; only a program that may write can roll it back. */
  public static final class UnfinishedWrite extends MigrationException {
    private static final long serialVersionUID = 1;

    UnfinishedWrite(String database, Throwable cause) {
      super(
          "unfinished-write",
          new ErrorText(
                  database + " cannot be read without writing: a crash left a write unfinished")
              .database(database)
              .todo(
                  "start migrate or serve, which roll it back first; keep the files "
                      + java.nio.file.Path.of(database).getFileName()
                      + "-journal and -wal beside the database"),
          cause);
    }
  }

  /** Another process held the database for longer than was waited. */
  public static final class Busy extends MigrationException {
    private static final long serialVersionUID = 1;

    /** The one who has it open is known. */
    Busy(String database, String process) {
      super(
          "busy",
          new ErrorText(database + " is open in another process; nothing was changed")
              .database(database)
              .at(List.of("process " + process))
              .todo("stop that program, then start again"),
          null);
    }

    Busy(String database, long seconds, List<String> applied, Throwable cause) {
      super(
          "busy",
          new ErrorText(
                  "%s is in use by another process, which did not let go for %d s; %s"
                      .formatted(database, seconds, ErrorText.changed(applied)))
              .database(database)
              .applied(applied)
              .todo("stop the other program that writes to it, then start again"),
          cause);
    }
  }

  /** A server cannot be reached, or let go of the connection. */
  public static final class Unreachable extends MigrationException {
    private static final long serialVersionUID = 1;

    Unreachable(String database, String fact, List<String> applied, Throwable cause) {
      super(
          "unreachable",
          new ErrorText(
                  "the server of "
                      + database
                      + " cannot be reached; what it was doing is done whole or not at all")
              .database(database)
              .at(List.of(fact))
              .applied(applied)
              .todo("see that the server runs and the address is right, then start again"),
          cause);
    }
  }

  /** A server does not let this user in, or not do what he wants to. */
  public static final class NotPermitted extends MigrationException {
    private static final long serialVersionUID = 1;

    NotPermitted(String database, String fact, List<String> applied, Throwable cause) {
      super(
          "not-permitted",
          new ErrorText(
                  "the server of " + database + " does not allow it; " + ErrorText.changed(applied))
              .database(database)
              .at(List.of(fact))
              .applied(applied)
              .todo(
                  "check the user and the password (PGPASSWORD, PGPASSFILE); he needs the right to"
                      + " connect, and to create tables in the schema or to own them"),
          cause);
    }
  }

  /** There is no room left on the disk. */
  public static final class DiskFull extends MigrationException {
    private static final long serialVersionUID = 1;

    DiskFull(String database, List<String> applied, Throwable cause) {
      super(
          "disk-full",
          new ErrorText("the disk of " + database + " is full; what was begun was rolled back")
              .database(database)
              .applied(applied)
              .todo("free about twice the size of the database, then start again"),
          cause);
    }
  }

  /** The operating system or SQLite failed in a way that has no kind of its own. */
  public static final class DatabaseFailed extends MigrationException {
    private static final long serialVersionUID = 1;

    DatabaseFailed(String database, String fact, List<String> applied, Throwable cause) {
      super(
          "database-failed",
          new ErrorText(database + " cannot be used: " + fact)
              .database(database)
              .applied(applied)
              .todo("see that the disk and the file are in order, then start again"),
          cause);
    }
  }

  /** The database is no relative of the catalog's: a table is missing what it must have. */
  public static final class UnsuitableSchema extends MigrationException {
    private static final long serialVersionUID = 1;

    UnsuitableSchema(String database, String fact) {
      this(database, fact, "check the path; a database of another program is not migrated");
    }

    UnsuitableSchema(String database, String fact, String remedy) {
      super(
          "unsuitable-schema",
          new ErrorText(
                  database
                      + " is not a database of this program: "
                      + fact
                      + "; nothing was changed")
              .database(database)
              .todo(remedy),
          null);
    }
  }

  /** The database names a migration that this program does not have. */
  public static final class Superseded extends MigrationException {
    private static final long serialVersionUID = 1;

    Superseded(String database, MigrationPlan plan, List<String> applied) {
      super(
          "superseded",
          new ErrorText(
                  "%s was written by a newer program: %s is unknown to this one; %s"
                      .formatted(
                          database, plan.unknown().get(0).name(), ErrorText.changed(applied)))
              .database(database)
              .applied(applied)
              .unknown(plan.unknown().stream().map(MigrationPlan.Entry::name).toList())
              .todo("start the newer program, or restore a backup from before it"),
          null);
    }
  }

  /** A backup could not be made, listed or put back. */
  public static final class BackupFailed extends MigrationException {
    private static final long serialVersionUID = 1;

    BackupFailed(String database, String fact, Throwable cause) {
      this(
          database,
          fact,
          "see that the folder of the backups is there and can be written, then start again",
          cause);
    }

    BackupFailed(String database, String fact, String remedy, @Nullable Throwable cause) {
      super(
          "backup-failed",
          new ErrorText("the backup of " + database + " failed; the database was not changed")
              .database(database)
              .at(List.of(fact))
              .todo(remedy),
          cause);
    }
  }

  /** A disk has too little room for what is to be done; seen before anything is written. */
  public static final class NotEnoughSpace extends MigrationException {
    private static final long serialVersionUID = 1;

    NotEnoughSpace(String database, String needed, String free, List<String> items) {
      super(
          "not-enough-space",
          new ErrorText(
                  "%s needs %s of free space and there are %s; nothing was changed"
                      .formatted(database, needed, free))
              .database(database)
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

    static OtherEdition applied(String database, String migration, String applied, String known) {
      return new OtherEdition(
          "%s was applied in edition %s, and this program has %s"
              .formatted(migration, applied, known),
          new ErrorText(
                  "%s was applied to %s in another edition than this program has; nothing was changed"
                      .formatted(migration, database))
              .database(database)
              .at(List.of("applied   " + applied, "this one  " + known))
              .todo("start the program that migrated it, or restore a backup from before it"));
    }

    static OtherEdition begun(String database, String migration, String begun, String known) {
      return new OtherEdition(
          "%s was begun in edition %s, and this program has %s".formatted(migration, begun, known),
          new ErrorText(
                  "%s was begun on %s in another edition than this program has; nothing was changed"
                      .formatted(migration, database))
              .database(database)
              .at(List.of("begun     " + begun, "this one  " + known))
              .todo(
                  "finish it with the program that began it, or restore the backup from before it"));
    }

    /** Returns in one line which editions there are, for a report in which nothing was tried. */
    public String fact() {
      return fact;
    }
  }

  /** A database is not copied as it is, or not to there; seen before a row was written. */
  public static final class CopyRefused extends MigrationException {
    private static final long serialVersionUID = 1;

    CopyRefused(String database, String fact, List<String> places, String remedy) {
      super(
          "copy-refused",
          new ErrorText(fact + "; nothing was copied").database(database).at(places).todo(remedy),
          null);
    }
  }

  /** What arrived is not what was there; it was taken back. */
  public static final class CopyFailed extends MigrationException {
    private static final long serialVersionUID = 1;

    CopyFailed(String database, List<String> places) {
      super(
          "copy-failed",
          new ErrorText("the copy is not the same as " + database + ", and was taken back")
              .database(database)
              .at(places)
              .todo(
                  "look for what changes rows as they are written, a trigger or a rule; without"
                      + " one, report this as a bug"),
          null);
    }
  }

  /** A migration was asked for that is not there. */
  public static final class UnknownMigration extends MigrationException {
    private static final long serialVersionUID = 1;

    UnknownMigration(String database, String fact, String remedy) {
      super(
          "unknown-migration",
          new ErrorText(fact + "; nothing was changed").database(database).todo(remedy),
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
