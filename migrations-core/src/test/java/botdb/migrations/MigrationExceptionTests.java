package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.migrations.MigrationException.BackupFailed;
import botdb.migrations.MigrationException.Busy;
import botdb.migrations.MigrationException.CopyFailed;
import botdb.migrations.MigrationException.CopyRefused;
import botdb.migrations.MigrationException.Corrupt;
import botdb.migrations.MigrationException.DatabaseFailed;
import botdb.migrations.MigrationException.DatabaseMissing;
import botdb.migrations.MigrationException.DiskFull;
import botdb.migrations.MigrationException.InvalidCatalog;
import botdb.migrations.MigrationException.NotADatabase;
import botdb.migrations.MigrationException.NotEnoughSpace;
import botdb.migrations.MigrationException.NotPermitted;
import botdb.migrations.MigrationException.OtherEdition;
import botdb.migrations.MigrationException.ReadOnly;
import botdb.migrations.MigrationException.Superseded;
import botdb.migrations.MigrationException.UnfinishedWrite;
import botdb.migrations.MigrationException.UnknownMigration;
import botdb.migrations.MigrationException.Unreachable;
import botdb.migrations.MigrationException.UnsuitableData;
import botdb.migrations.MigrationException.UnsuitableSchema;
import botdb.migrations.MigrationException.UnusablePath;
import botdb.migrations.MigrationPlan.AppliedRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every kind of failure, with an example of its message in {@code errors.txt}. */
final class MigrationExceptionTests {
  private static final String FILE = "users.db";
  private static final Database ADDRESS = Database.parse(FILE);
  private static final Path BACKUP = Path.of("users.db.backup-20251105-153045-before-002");
  private static final SQLException CAUSE = new SQLException("cause");
  private static final List<String> NONE = List.of();
  private static final List<String> ONE = List.of("migration_001_add_notes");

  private static List<MigrationException> examples() {
    MigrationPlan superseded =
        MigrationPlan.of(
            TestDatabase.catalog(List.of()),
            List.of(
                new AppliedRow("migration_002_newer", null),
                new AppliedRow("migration_003_newest", null)));
    return List.of(
        new InvalidCatalog("there is a gap", "close it", null),
        new DatabaseMissing(FILE),
        new UnusablePath(FILE, "is a folder", "give the path of a file"),
        new NotADatabase(FILE, CAUSE),
        new Corrupt(FILE, "SQLite says: row 1 missing from index", NONE, CAUSE),
        new Corrupt(BACKUP.toString(), "its checksum is not the one in its record", null),
        new ReadOnly(FILE, "its folder is read-only", CAUSE),
        new UnfinishedWrite(FILE, CAUSE),
        new Busy(FILE, 60, NONE, CAUSE),
        new Busy(FILE, 60, ONE, CAUSE),
        new Busy(FILE, "4711"),
        new Unreachable(FILE, "Connection to localhost:5432 refused.", NONE, CAUSE),
        new NotPermitted(FILE, "PostgreSQL says: permission denied for schema public", NONE, CAUSE),
        new DiskFull(FILE, ONE, CAUSE),
        new DatabaseFailed(FILE, "SQLite says: disk I/O error", NONE, CAUSE),
        new UnsuitableSchema(FILE, "users is a view"),
        new Superseded(FILE, superseded, NONE),
        new BackupFailed(FILE, "FileAlreadyExists: users.db.copy", CAUSE),
        new BackupFailed(
            FILE, "there is no program pg_dump on the PATH", "install postgresql-client", CAUSE),
        new NotEnoughSpace(FILE, "25.0 MB", "3.5 MB", List.of("log 10.0 MB", "backup 10.0 MB")),
        new CopyRefused(
            FILE,
            FILE + " has what postgres://db/bot has no words for",
            List.of("view talkers"),
            "remove it first"),
        new CopyFailed(FILE, List.of("users: 7 rows, and 6 arrived")),
        OtherEdition.applied(FILE, "migration_001_add_notes", "9f86d081", "60303ae2"),
        OtherEdition.begun(FILE, "migration_001_add_notes", "9f86d081", "60303ae2"),
        new UnknownMigration(FILE, "there is no migration 003", "choose a number from 000 to 002"),
        new UnsuitableData(List.of("users.history of user 7: not a JSON array"), "repair it"),
        failure(null)
            .explain(new UnsuitableData(List.of("users.history of user 7: empty"), "repair it")),
        failure(new MigrationProgress.Stand(null, "x", 2, 2000, 2000, 5000, "2025-11-05 15:30:45"))
            .explain(new StatementRules.Refused("it runs COMMIT")),
        failure(null).explain(new RowCounts.Lost(List.of("notes had 7 rows and is gone"))));
  }

  private static Failure failure(MigrationProgress.Stand stand) {
    return new Failure(
        ADDRESS, "migration_002_add_tags", notesApplied(), ONE, BACKUP, "restore " + BACKUP, stand);
  }

  static final class Migration001AddNotes implements Migration {
    @Override
    public void migrate(Migration.Context context) {}
  }

  private static MigrationPlan notesApplied() {
    return MigrationPlan.of(
        TestDatabase.catalog(List.of(Migration001AddNotes.class)),
        List.of(new AppliedRow("migration_001_add_notes", null)));
  }

  @Test
  void every_message_reads_as_the_golden_file_says() throws IOException {
    String messages =
        examples().stream()
            .map(example -> "[" + example.code() + "]\n" + example.getMessage() + "\n")
            .collect(Collectors.joining("\n"));
    assertThat(messages).isEqualTo(golden());
  }

  @Test
  void there_is_an_example_of_every_kind() {
    assertThat(examples().stream().map(Object::getClass).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(MigrationException.class.getPermittedSubclasses());
  }

  @Test
  void every_kind_has_a_code_of_its_own() {
    assertThat(
            examples().stream()
                .collect(
                    Collectors.groupingBy(
                        MigrationException::code,
                        Collectors.mapping(Object::getClass, Collectors.toSet())))
                .values())
        .hasSameSizeAs(MigrationException.class.getPermittedSubclasses())
        .allSatisfy(kinds -> assertThat(kinds).hasSize(1));
  }

  @Test
  void a_code_is_the_name_of_its_kind_in_words() {
    assertThat(examples())
        .allSatisfy(
            example ->
                assertThat(example.code().replace("-", ""))
                    .isEqualToIgnoringCase(example.getClass().getSimpleName()));
  }

  @Test
  void every_first_line_makes_sense_alone_and_every_message_says_what_to_do() {
    assertThat(examples())
        .extracting(Throwable::getMessage)
        .allSatisfy(
            message -> {
              assertThat(message.lines().findFirst().orElse("")).hasSizeGreaterThan(15);
              assertThat(message.lines().skip(1)).allMatch(line -> line.startsWith("  "));
              assertThat(message).containsOnlyOnce("\n  to do     ");
            });
  }

  private static String golden() throws IOException {
    try (InputStream in = MigrationExceptionTests.class.getResourceAsStream("errors.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
