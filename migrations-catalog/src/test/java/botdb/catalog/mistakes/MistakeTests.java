package botdb.catalog.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.catalog.migrations.BotCatalog;
import java.nio.file.Path;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every mistake of the table in the guide: made in a copy of the catalog, and seen. */
class MistakeTests {
  private static final int BEFORE = BotCatalog.migrations().size();
  private static final String OLD = "%03d".formatted(BEFORE);
  private static final String NEW = "%03d".formatted(BEFORE + 1);
  private static final String NEXT = "%03d".formatted(BEFORE + 2);
  private static final String MAIN = "src/main/java/botdb/catalog/migrations/";
  private static final String TEST = "src/test/java/botdb/catalog/migrations/";
  private static final String CATALOG = MAIN + "BotCatalog.java";
  private static final String TYPE = "Migration" + NEW + "AddMistakeToUsers";
  private static final String NAME = "migration_" + NEW + "_add_mistake_to_users";
  private static final String MIGRATION = MAIN + TYPE + ".java";
  private static final String SNAPSHOT = "src/main/schema/" + NEW + ".sql";
  private static final String LAST = "(?<=Migration" + NEW + "AddMistakeToUsers.class)(?=\\))";
  private static final String COLUMN = ",\n    mistake TEXT NOT NULL DEFAULT 'en'\n);";
  private static final String ADD =
      "botdb.catalog.operations.ColumnAddition.of("
          + "botdb.catalog.schema.v"
          + NEW
          + ".V"
          + NEW
          + ".USERS.MISTAKE).run(context);";

  @TempDir private static Path shared;
  private static CatalogCopy begun;
  private static CatalogCopy good;

  @TempDir private Path folder;

  /** A migration as the command begins it, and one as it should be. */
  @BeforeAll
  static void begin() throws Exception {
    begun = CatalogCopy.in(shared.resolve("begun")).begin("add_mistake_to_users");
    good =
        begun
            .again(shared.resolve("good"))
            .edit(MIGRATION, "// Between.*\n", ADD + "\n")
            .edit(SNAPSHOT, "\n\\);", COLUMN)
            .edit(
                TEST + TYPE + "Tests.java",
                "(?s)\\.before.*?\n  }",
                """
                .before("INSERT INTO users (user_id) VALUES (1)")
                .after("SELECT user_id, mistake FROM users", "1|en");
                  }""")
            .lock();
  }

  private CatalogCopy begun() throws Exception {
    return begun.again(folder);
  }

  private CatalogCopy good() throws Exception {
    return good.again(folder);
  }

  /** The migration that was begun, with these statements and no change of the schema. */
  private CatalogCopy doing(String statements) throws Exception {
    return begun().edit(MIGRATION, "// Between.*\n", statements + "\n");
  }

  @Test
  void none() throws Exception {
    assertThat(good().verify()).isEmpty();
  }

  @Test
  void the_test_is_not_filled_in() throws Exception {
    assertThat(begun().verify())
        .contains(
            TYPE
                + "Tests.add_mistake_to_users: java.lang.AssertionError: [fill in the test of "
                + NAME
                + ": before(…) takes the INSERTs of some rows")
        .contains(NAME + " is not in migrations.lock yet");
  }

  @Test
  void number_taken_twice() throws Exception {
    assertThatTests(
            good()
                .begin("add_notes_table")
                .rename(
                    MAIN + "Migration" + NEXT + "AddNotesTable.java",
                    "Migration" + NEW + "AddNotesTable.java")
                .edit(
                    MAIN + "Migration" + NEW + "AddNotesTable.java",
                    "Migration" + NEXT,
                    "Migration" + NEW)
                .edit(CATALOG, "Migration" + NEXT, "Migration" + NEW)
                .verify())
        .contains(
            NEW
                + " is the number of both migration_"
                + NEW
                + "_add_mistake_to_users and"
                + " migration_"
                + NEW
                + "_add_notes_table")
        .contains("give the newer one the next free number");
  }

  @Test
  void gap() throws Exception {
    assertThatTests(
            good().edit(CATALOG, "Migration001AddTimestampToMessages.class, //", "//").verify())
        .contains(NAME + " stands where number 001 is expected");
  }

  @Test
  void wrong_class_name() throws Exception {
    assertThatTests(
            good()
                .rename(MIGRATION, "Migration2AddMistake.java")
                .edit(MAIN + "Migration2AddMistake.java", TYPE, "Migration2AddMistake")
                .edit(CATALOG, TYPE, "Migration2AddMistake")
                .verify())
        .contains("Migration2AddMistake is not the name of a migration");
  }

  @Test
  void not_registered() throws Exception {
    assertThat(good().edit(CATALOG, ", //\\s+" + TYPE + ".class", "").verify())
        .contains("MigrationRulesTests.every_migration_is_registered")
        .contains("[migrations that BotCatalog does not list]")
        .contains(TYPE);
  }

  @Test
  void registered_twice() throws Exception {
    assertThatTests(good().edit(CATALOG, LAST, ", " + TYPE + ".class").verify())
        .contains(NEW + " is the number of both " + NAME + " and " + NAME);
  }

  @Test
  void snapshot_missing() throws Exception {
    assertThat(good().delete(SNAPSHOT).verify())
        .startsWith("compiler: ")
        .contains("package botdb.catalog.schema.v" + NEW + ".V" + NEW + " does not exist");
    assertThatTests(begun.again(folder.resolve("other")).delete(SNAPSHOT).verify())
        .contains("there is no snapshot " + NEW + ".sql; each migration needs one");
  }

  @Test
  void snapshot_differs_from_what_the_migration_does() throws Exception {
    assertThat(doing(sql("ALTER TABLE users ADD COLUMN mistake TEXT")).verify())
        .contains("SnapshotTests.a_snapshot_migrated_is_the_later_snapshot")
        .contains("what migrations make of version " + OLD + " and " + NEW + ".sql says otherwise")
        .contains("unexpected  column users.mistake TEXT");
  }

  @Test
  void a_column_used_that_did_not_exist_then() throws Exception {
    assertThat(good().edit(MIGRATION, "v" + NEW + ".V" + NEW, "v" + OLD + ".V" + OLD).verify())
        .startsWith("compiler: ")
        .contains("cannot find symbol")
        .contains("variable MISTAKE");
  }

  @Test
  void a_column_used_that_exists_no_more() throws Exception {
    assertThat(
            doing(
                    "context.dsl().fetch(botdb.catalog.schema.v"
                        + NEW
                        + ".V"
                        + NEW
                        + ".USERS.USERNAME.getTable());")
                .edit(SNAPSHOT, "    username TEXT,\n", "")
                .verify())
        .startsWith("compiler: ")
        .contains("variable USERNAME");
  }

  @Test
  void a_version_used_that_is_not_its_own() throws Exception {
    assertThat(doing("context.dsl().fetch(botdb.catalog.schema.v000.V000.USERS);").verify())
        .contains("MigrationRulesTests.a_migration_uses_the_version_before_it_and_its_own")
        .contains(TYPE + " uses v000");
  }

  @Test
  void an_applied_migration_changed() throws Exception {
    assertThat(good().edit(MIGRATION, "(?=\n  })", sql("UPDATE users SET username = 'x'")).verify())
        .contains("EditionTests.every_migration_does_what_it_always_did")
        .contains(NAME + " does something else than it did when it was locked; undo that");
  }

  @Test
  void an_applied_migration_deleted() throws Exception {
    assertThat(
            good()
                .delete(MIGRATION)
                .delete(TEST + TYPE + "Tests.java")
                .delete(SNAPSHOT)
                .edit(CATALOG, ", //\\s+" + TYPE + ".class", "")
                .verify())
        .contains("EditionTests.the_lock_names_every_migration_with_its_fingerprint_and_no_other")
        .contains("none is ever changed, deleted or renumbered");
  }

  @Test
  void an_applied_migration_renumbered() throws Exception {
    String other = "Migration" + NEW + "AddNothingAtAll";
    CatalogCopy copy =
        good()
            .rename(MIGRATION, "Migration" + NEXT + "AddMistakeToUsers.java")
            .edit(MAIN + "Migration" + NEXT + "AddMistakeToUsers.java", NEW, NEXT)
            .delete(TEST + TYPE + "Tests.java");
    copy.write(
            MAIN + other + ".java", copy.read(MAIN + "Migration" + NEXT + "AddMistakeToUsers.java"))
        .edit(MAIN + other + ".java", "Migration" + NEXT + "AddMistakeToUsers", other)
        .edit(MAIN + other + ".java", ".*ColumnAddition.*\\n", "")
        .write("src/main/schema/" + NEXT + ".sql", copy.read(SNAPSHOT))
        .write(SNAPSHOT, copy.read("src/main/schema/" + OLD + ".sql"))
        .edit(CATALOG, TYPE, other)
        .edit(
            CATALOG,
            "(?<=AddNothingAtAll.class)(?=\\))",
            ", Migration" + NEXT + "AddMistakeToUsers.class");
    assertThat(copy.verify())
        .contains("EditionTests.the_lock_names_every_migration_with_its_fingerprint_and_no_other")
        .contains("none is ever changed, deleted or renumbered");
  }

  @Test
  void no_test_with_data_although_data_moves() throws Exception {
    assertThat(
            doing(sql("UPDATE users SET username = 'x'"))
                .delete(TEST + TYPE + "Tests.java")
                .lock()
                .verify())
        .startsWith("MigrationRulesTests.every_migration_that_moves_data_has_a_test_with_data")
        .contains(NAME + " changes rows and there is no " + TYPE + "Tests");
  }

  @Test
  void sql_that_sqlite_refuses() throws Exception {
    assertSeen(sql("ALTER TABLE users ADD COLUMN a TEXT UNIQUE"), "Cannot add a UNIQUE column");
  }

  @Test
  void several_statements_in_one_string() throws Exception {
    assertSeen(
        sql("CREATE TABLE a (x); CREATE TABLE b (x)"),
        "it hands over several statements in one string, of which the first would be run and the"
            + " rest dropped in "
            + TYPE
            + ".java, line 1");
  }

  @Test
  void a_statement_that_commits() throws Exception {
    assertSeen(sql("COMMIT"), "it runs COMMIT; the transaction is begun and ended by the runner");
  }

  @Test
  void a_pragma_inside_the_transaction() throws Exception {
    assertSeen(
        sql("PRAGMA foreign_keys = ON"),
        "it sets PRAGMA foreign_keys, which does nothing inside a transaction");
  }

  @Test
  void an_open_cursor_while_the_schema_changes() throws Exception {
    assertSeen(
        "context.dsl().resultQuery(\"SELECT * FROM users\").fetchLazy().fetchNext();"
            + sql("DROP TABLE users"),
        "a cursor of the migration is still open");
  }

  @Test
  void a_change_of_data_that_is_another_one_the_second_time() throws Exception {
    assertThat(doing(sql("UPDATE users SET username = username || 'x'")).lock().verify())
        .contains("EditionTests.every_migration_may_be_applied_again_after_it_was_forgotten")
        .contains(NAME + " does something else when it is applied a second time");
  }

  @Test
  void a_thread_of_its_own() throws Exception {
    assertThatTests(
            doing(
                    "java.util.concurrent.CompletableFuture.runAsync(() -> {"
                        + sql("UPDATE users SET username = 'x'")
                        + "}).join();")
                .verify())
        .contains("it uses its database on a thread of its own")
        .contains(TYPE + " uses java.util.concurrent.CompletableFuture");
  }

  @Test
  void more_than_one_connection() throws Exception {
    assertThat(doing("org.jooq.impl.DSL.using(\"jdbc:sqlite::memory:\").close();").verify())
        .contains("MigrationRulesTests.a_migration_reaches_its_database_through_its_context")
        .contains(TYPE + " calls DSL.using");
  }

  @Test
  void not_null_without_a_default() throws Exception {
    assertThatTests(good().edit(SNAPSHOT, " DEFAULT 'en'", "").verify())
        .contains(
            "users.mistake is NOT NULL and has no default: give it one, or rebuild the table");
    assertThatTests(
            begun
                .again(folder.resolve("raw"))
                .edit(
                    MIGRATION,
                    "// Between.*\n",
                    sql("ALTER TABLE users ADD COLUMN mistake TEXT NOT NULL"))
                .verify())
        .contains("EditionTests")
        .contains("Cannot add a NOT NULL column with default value NULL");
  }

  @Test
  void rows_lost_unsaid() throws Exception {
    assertThatTests(doing(sql("DELETE FROM users WHERE user_id < 5")).verify())
        .contains(NAME + " failed and was rolled")
        .containsPattern("users had [1-9]\\d* rows and has \\d");
  }

  private static String sql(String statement) {
    return "context.dsl().execute(\"" + statement + "\");";
  }

  private void assertSeen(String statements, String message) throws Exception {
    assertThatTests(doing(statements).verify())
        .contains(NAME + " failed and was rolled")
        .contains(message);
  }

  /** It compiles, and tests fail. */
  private static AbstractStringAssert<?> assertThatTests(String seen) {
    return assertThat(seen).containsPattern("^\\w+Tests\\.\\w+: ");
  }
}
