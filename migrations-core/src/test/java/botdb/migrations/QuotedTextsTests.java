package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuotedTextsTests {
  private static final List<String> TEXTS =
      Arrays.asList(
          "a",
          null,
          "",
          "it's",
          "'",
          "''",
          "','",
          "NULL",
          null,
          "',NULL,'",
          "ёж\n🦔",
          ",",
          "'a",
          "b'");

  @TempDir private Path folder;

  @Test
  void are_what_sqlite_quoted() throws SQLException {
    try (Connection connection = TestDatabase.in(folder).connect()) {
      Sql.run(connection, "CREATE TABLE texts (id INTEGER PRIMARY KEY, text)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO texts (text) VALUES (?)")) {
        for (String text : TEXTS) {
          insert.setString(1, text);
          insert.executeUpdate();
        }
      }
      String joined =
          Sql.texts(
                  connection, "SELECT group_concat(quote(text) || ',', '' ORDER BY id) FROM texts")
              .get(0);
      List<String> read = new ArrayList<>();
      for (QuotedTexts texts = new QuotedTexts(joined); texts.hasNext(); ) {
        read.add(texts.next());
      }
      assertThat(read).isEqualTo(TEXTS);
    }
  }

  @Test
  void are_none_of_nothing() {
    assertThat(new QuotedTexts(null).hasNext()).isFalse();
  }
}
