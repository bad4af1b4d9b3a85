package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SqliteTextPairsTests {
  @TempDir private Path folder;

  static Stream<List<List<String>>> pairs() {
    return Stream.of(
        List.of(),
        List.of(List.of("a", "b")),
        List.of(List.of("", "")),
        List.of(List.of("", ""), List.of("", "")),
        List.of(List.of("it's", "ёж\n🦔"), List.of(",", ";"), List.of("a", "")),
        // What the separator could be mistaken for, alone and where NULL makes the number right
        // again.
        List.of(List.of("a\u001fb", "c")),
        List.of(List.of("\u001f", "\u001f"), List.of("", "")),
        List.of(List.of("a", "b\u001fc"), Arrays.asList("d", null)),
        List.of(Arrays.asList(null, "b"), List.of("c\u001fd", "e")),
        List.of(Arrays.asList(null, null)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void are_what_stands_in_the_rows(List<List<String>> pairs) throws SQLException {
    try (Connection connection = TestDatabase.in(folder).connect()) {
      Sql.run(connection, "CREATE TABLE texts (one, two)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO texts VALUES (?, ?)")) {
        for (List<String> pair : pairs) {
          insert.setString(1, pair.get(0));
          insert.setString(2, pair.get(1));
          insert.executeUpdate();
        }
      }
      assertThat(read(connection, "texts")).isEqualTo(pairs);
    }
  }

  @Test
  void are_texts_whatever_stands_there_and_only_of_the_rows_that_are_asked_for()
      throws SQLException {
    try (Connection connection = TestDatabase.in(folder).connect()) {
      Sql.run(connection, "CREATE TABLE texts (one, two)");
      Sql.run(connection, "INSERT INTO texts VALUES (1, x'6162'), (2, 'no'), (1, 2.5)");
      assertThat(read(connection, "texts WHERE one = 1"))
          .containsExactly(List.of("1", "ab"), List.of("1", "2.5"));
      Sql.run(connection, "INSERT INTO texts VALUES (1, NULL)");
      assertThat(read(connection, "texts WHERE one = 1"))
          .containsExactly(List.of("1", "ab"), List.of("1", "2.5"), Arrays.asList("1", null));
    }
  }

  private static List<List<String>> read(Connection connection, String from) throws SQLException {
    List<List<String>> read = new ArrayList<>();
    SqliteTextPairs.read(connection, "one", "two", from, (a, b) -> read.add(Arrays.asList(a, b)));
    return read;
  }
}
