package botdb.it.benchmark;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A database of the old bot by its size: so many users with so many messages each. */
record Shape(int users, int messages) {
  private static final long SEED = 20251105;
  private static final int DIFFERENT_MESSAGES = 2000;
  static final String TABLE =
      """
      CREATE TABLE users (
          user_id INTEGER PRIMARY KEY,
          username TEXT,
          history TEXT NOT NULL DEFAULT '[]',
          created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
      )""";
  private static final List<String> WORDS =
      List.of(
          "привет",
          "как",
          "настроить",
          "сервер",
          "the",
          "server",
          "says",
          "hello",
          "\\n",
          "ошибка",
          "в",
          "файле",
          "config.yaml",
          "\\\"quoted\\\"",
          "🦔",
          "спасибо",
          "and",
          "then",
          "снова");

  /** Creates the database, at rest; the same bytes of history each time. */
  void create(Path file) throws SQLException {
    Random random = new Random(SEED);
    List<byte[]> texts = messages(random);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA synchronous = OFF");
      statement.execute(TABLE);
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO users VALUES (?, ?, CAST(? AS TEXT), '2025-11-05 15:30:45')")) {
        for (int user = 1; user <= users; user++) {
          insert.setInt(1, user);
          insert.setString(2, "user " + user);
          insert.setBytes(3, history(texts, random));
          insert.executeUpdate();
        }
      }
      connection.commit();
    }
  }

  private byte[] history(List<byte[]> texts, Random random) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    json.write('[');
    for (int i = 0; i < messages; i++) {
      json.writeBytes((i == 0 ? "" : ", ").getBytes(StandardCharsets.UTF_8));
      json.writeBytes(texts.get(random.nextInt(texts.size())));
    }
    json.write(']');
    return json.toByteArray();
  }

  private static List<byte[]> messages(Random random) {
    List<byte[]> texts = new ArrayList<>();
    for (int i = 0; i < DIFFERENT_MESSAGES; i++) {
      String role = i % 2 == 0 ? "user" : "assistant";
      String json = "{\"role\": \"%s\", \"content\": \"%s\"}".formatted(role, content(random));
      texts.add(json.getBytes(StandardCharsets.UTF_8));
    }
    return texts;
  }

  /** Some two hundred bytes, half of the letters Cyrillic. */
  static String content(Random random) {
    StringBuilder content = new StringBuilder();
    int words = 5 + random.nextInt(40);
    for (int i = 0; i < words; i++) {
      content.append(i == 0 ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return content.toString();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,d × %,d messages", users, messages);
  }
}
