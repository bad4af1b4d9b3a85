package botdb.bot.check;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.migrations.Schema;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaComparisonTests {
  private static final String V0 =
      "CREATE TABLE users (id INTEGER PRIMARY KEY, history TEXT NOT NULL, old TEXT);";
  private static final String V1 =
      "CREATE TABLE users (id INTEGER PRIMARY KEY, history TEXT NOT NULL, old TEXT, language TEXT);";
  private static final String V2 = V1 + "CREATE INDEX by_language ON users (language);";

  private static Check compare(int version, String actual) throws SQLException {
    List<Schema> snapshots = List.of(Schema.ofScript(V0), Schema.ofScript(V1), Schema.ofScript(V2));
    return new SchemaComparison(snapshots, version).check("schema", Schema.ofScript(actual));
  }

  @Test
  void has_nothing_to_say_about_the_snapshot_itself() throws SQLException {
    assertThat(compare(2, V2)).isEqualTo(Check.ok("schema"));
  }

  @Test
  void notes_what_an_adopted_database_lacks_of_the_baseline_and_has_more() throws SQLException {
    Check check =
        compare(0, "CREATE TABLE users (history BLOB, mine TEXT); CREATE TABLE other (a);");

    assertThat(check.result()).isEqualTo(Check.Result.NOTE);
    assertThat(check.details())
        .contains(
            "without     column users.old TEXT",
            "without     column users.history TEXT",
            "additional  column users.mine TEXT",
            "additional  table other");
  }

  @Test
  void does_not_mind_where_a_column_stands() throws SQLException {
    Check check =
        compare(
            1,
            "CREATE TABLE users (language TEXT, old TEXT, id INTEGER PRIMARY KEY, history TEXT NOT NULL);");

    assertThat(check).isEqualTo(Check.ok("schema"));
  }

  @Test
  void misses_what_a_migration_made() throws SQLException {
    Check check = compare(2, V1);

    assertThat(check.result()).isEqualTo(Check.Result.FAILED);
    assertThat(check.details())
        .singleElement()
        .asString()
        .startsWith("missing     index by_language");
  }

  @Test
  void finds_what_belongs_to_another_version() throws SQLException {
    Check check = compare(1, V2);

    assertThat(check.result()).isEqualTo(Check.Result.FAILED);
    assertThat(check.details())
        .singleElement()
        .asString()
        .contains("by_language")
        .endsWith("which is of another version");
  }

  @Test
  void misses_the_histories() throws SQLException {
    Check check = compare(0, "CREATE TABLE users (id INTEGER PRIMARY KEY);");

    assertThat(check.result()).isEqualTo(Check.Result.FAILED);
    assertThat(check.details()).contains("missing     column users.history");
  }

  @Test
  void does_not_take_a_view_for_the_table() throws SQLException {
    Check check =
        compare(
            0, "CREATE TABLE people (history TEXT); CREATE VIEW users AS SELECT * FROM people;");

    assertThat(check.result()).isEqualTo(Check.Result.FAILED);
    assertThat(check.details())
        .contains("missing     table users")
        .noneMatch(line -> line.startsWith("without"));
  }

  @Test
  void expects_no_table_before_the_baseline_but_after_it() throws SQLException {
    assertThat(compare(0, "CREATE TABLE other (a);").result()).isEqualTo(Check.Result.NOTE);
    assertThat(compare(1, "CREATE TABLE other (a);").result()).isEqualTo(Check.Result.FAILED);
  }
}
