package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SchemaTests {
  private static final String NO_ACTION = "on update no action on delete no action";

  /** Each the table as it is, the table as it should be, and all that is said about the two. */
  static Stream<Arguments> tables() {
    return Stream.of(
        differ("(a INT)", "(a TEXT)", "- column t.a TEXT", "+ column t.a INT"),
        differ("(a)", "(a NOT NULL)", "- column t.a is not null"),
        differ("(a DEFAULT 1)", "(a)", "+ column t.a defaults to 1"),
        differ(
            "(a DEFAULT 'x')",
            "(a DEFAULT 'X')",
            "- column t.a defaults to 'X'",
            "+ column t.a defaults to 'x'"),
        differ(
            "(a INTEGER PRIMARY KEY)", "(a INTEGER)", "+ column t.a is part 1 of the primary key"),
        differ(
            "(a INTEGER PRIMARY KEY AUTOINCREMENT)",
            "(a INTEGER PRIMARY KEY)",
            "+ table t counts with autoincrement"),
        differ("(a, b)", "(a)", "+ column t.b ", "+ column t.b is number 1"),
        differ(
            "(a, b)",
            "(b, a)",
            "- column t.a is number 1",
            "- column t.b is number 0",
            "+ column t.a is number 0",
            "+ column t.b is number 1"),
        differ("(a CHECK (a > 1))", "(a)", "+ check t ( a > 1 )"),
        differ("(a COLLATE NOCASE)", "(a)", "+ column t.a collates nocase"),
        differ("(a UNIQUE)", "(a)", "+ unique t (a binary)"),
        differ(
            "(a, b, UNIQUE (a, b))",
            "(a, b, UNIQUE (b, a))",
            "- unique t (b binary, a binary)",
            "+ unique t (a binary, b binary)"),
        differ(
            "(a UNIQUE ON CONFLICT IGNORE)",
            "(a UNIQUE)",
            "+ column t.a on conflict of unique: ignore"),
        differ("(a, b AS (a))", "(a, b)", "+ column t.b is generated ( a )"),
        differ("(a, b AS (a) STORED)", "(a, b AS (a))", "+ column t.b is stored"),
        differ("(a INT) STRICT", "(a INT)", "+ table t is strict"));
  }

  static Stream<Arguments> foreignKeys() {
    return Stream.of(
        differ(
            "(a REFERENCES u)",
            "(a REFERENCES v)",
            "- foreign key t (a) to v (its key) " + NO_ACTION,
            "+ foreign key t (a) to u (its key) " + NO_ACTION),
        differ("(a REFERENCES u (b))", "(a)", "+ foreign key t (a) to u (b) " + NO_ACTION),
        differ(
            "(a REFERENCES u ON DELETE CASCADE)",
            "(a REFERENCES u)",
            "- foreign key t (a) to u (its key) " + NO_ACTION,
            "+ foreign key t (a) to u (its key) on update no action on delete cascade"),
        differ(
            "(a REFERENCES u DEFERRABLE INITIALLY DEFERRED)",
            "(a REFERENCES u)",
            "+ column t.a has a key that is deferrable initially deferred"),
        differ(
            "(a TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID",
            "(a TEXT NOT NULL PRIMARY KEY)",
            "+ table t is without rowid"));
  }

  /** What stands beside a table t (a, b). */
  static Stream<Arguments> objects() {
    return Stream.of(
        differ("CREATE TABLE u (c);", "", "+ column u.c ", "+ column u.c is number 0", "+ table u"),
        differ("CREATE INDEX i ON t (a);", "", "+ index i: create index i on t ( a )"),
        differ(
            "CREATE INDEX i ON t (a);",
            "CREATE UNIQUE INDEX i ON t (a);",
            "- index i: create unique index i on t ( a )",
            "+ index i: create index i on t ( a )"),
        differ(
            "CREATE INDEX i ON t (a) WHERE b;",
            "CREATE INDEX i ON t (a);",
            "- index i: create index i on t ( a )",
            "+ index i: create index i on t ( a ) where b"),
        differ(
            "CREATE VIEW v AS SELECT a FROM t;", "", "+ view v: create view v as select a from t"),
        differ(
            "CREATE TRIGGER r DELETE ON t BEGIN SELECT 'A'; END;",
            "CREATE TRIGGER r DELETE ON t BEGIN SELECT 'a'; END;",
            "- trigger r: create trigger r delete on t begin select 'a' ; end",
            "+ trigger r: create trigger r delete on t begin select 'A' ; end"));
  }

  private static Arguments differ(String actual, String expected, String... differences) {
    List<String> lines =
        Stream.of(differences)
            .map(line -> line.replaceFirst("^- ", "missing     "))
            .map(line -> line.replaceFirst("^\\+ ", "unexpected  "))
            .toList();
    return Arguments.of(actual, expected, lines);
  }

  @ParameterizedTest(name = "{0} is not {1}")
  @MethodSource({"tables", "foreignKeys"})
  void names_exactly_what_differs_in_a_table(
      String actual, String expected, List<String> differences) throws SQLException {
    assertThat(differences("CREATE TABLE t " + actual, "CREATE TABLE t " + expected))
        .containsExactlyInAnyOrderElementsOf(differences);
  }

  @ParameterizedTest(name = "{0} is not {1}")
  @MethodSource("objects")
  void names_exactly_what_differs_beside_a_table(
      String actual, String expected, List<String> differences) throws SQLException {
    String table = "CREATE TABLE t (a, b);";
    assertThat(differences(table + actual, table + expected))
        .containsExactlyInAnyOrderElementsOf(differences);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE \"Users\" ([id] INTEGER PRIMARY KEY, `name` text DEFAULT 'it''s' COLLATE nocase)",
        "CREATE TABLE users (id INTEGER PRIMARY KEY, -- a comment )\n name TEXT DEFAULT 'it''s' COLLATE NOCASE)",
        "CREATE TABLE users(id integer primary key,/*/ another ( */name\tText default 'it''s' collate NoCase)",
        "CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, name TEXT DEFAULT 'it''s' COLLATE NOCASE);",
      })
  void does_not_mind_how_a_statement_is_written(String script) throws SQLException {
    assertThat(
            differences(
                script,
                "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT DEFAULT 'it''s' COLLATE NOCASE)"))
        .isEmpty();
  }

  @Test
  void does_not_mind_how_sqlite_writes_the_name_of_a_renamed_table() throws SQLException {
    String rest =
        """
        CREATE VIEW v AS SELECT %1$s.a, 1.5 AS x FROM %1$s;
        CREATE TRIGGER r DELETE ON %1$s BEGIN UPDATE %1$s SET a = 1 WHERE %1$s.a = old.a; END;
        """;
    String renamed = "CREATE TABLE t (a);" + rest.formatted("t") + "ALTER TABLE t RENAME TO u;";
    assertThat(differences(renamed, "CREATE TABLE u (a);" + rest.formatted("u"))).isEmpty();
  }

  @Test
  void leaves_out_what_belongs_to_the_runner_and_to_sqlite() throws SQLException {
    String users = "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT);";
    assertThat(
            differences(
                users
                    + "CREATE TABLE migrations (id); CREATE TABLE migration_log (at);"
                    + " CREATE TABLE set_aside (id, cell); ANALYZE;",
                users))
        .isEmpty();
  }

  @Test
  void an_empty_schema_is_nothing_to_compare_with() {
    assertThatThrownBy(() -> Schema.ofScript("-- nothing yet\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the script creates nothing");
  }

  private static List<String> differences(String actual, String expected) throws SQLException {
    return Schema.ofScript(actual).differencesFrom(Schema.ofScript(expected));
  }
}
