package botdb.migrations.sample;

/**
 * The same people and notes, written as each version of the schema holds them.
 *
 * <p>What a row is after a migration is said here a second time, independently of the migration.
 */
public final class SampleRows {
  private static final int NOTES = 2;
  private static final int EDITS = 4;
  private static final int NICKNAME = 6;
  private static final int PRIORITY = 8;
  private static final int SETTINGS = 9;
  private static final int NO_LANGUAGE = 10;
  private static final int SEEN = 11;

  private final int version;
  private final int born;

  private SampleRows(int version, int born) {
    this.version = version;
    this.born = born;
  }

  /**
   * Returns the statements that insert the rows into a version.
   *
   * @param version the version that holds them
   * @param born the version in which they were first written: what that one could not hold is
   *     missing, or has the default that a later migration gave it
   */
  public static String sql(int version, int born) {
    return new SampleRows(version, born).sql();
  }

  private String sql() {
    StringBuilder sql = new StringBuilder();
    sql.append(user(8273645123987L, "'Ada O''Neil'", "de", "[{\"content\":\"привет\"}]"));
    sql.append(user(-7, "NULL", "en", "[]"));
    if (born >= NOTES) {
      sql.append(note(1, 8273645123987L, "'milk; bread'", 0));
      sql.append(note(3, -7, "'done'", 1));
      sql.append(note(40, -7, "'deleted, but its number is taken'", 0));
      sql.append("DELETE FROM notes WHERE id = 40;\n");
    }
    if (born >= EDITS) {
      sql.append("INSERT INTO edits VALUES (1, 'milk');\n");
    }
    return sql.toString();
  }

  private String user(long id, String name, String language, String history) {
    String spoken = born >= 1 ? language : "en";
    String seen = history.replace("\"}", "\",\"seen\":true}");
    String user =
        "INSERT INTO users (user_id, %s, history, created_at%s)\nVALUES (%d, %s, '%s', '%s'%s);\n"
            .formatted(
                version >= NICKNAME ? "nickname" : "username",
                hasLanguage() ? ", language" : "",
                id,
                name,
                version >= SEEN ? seen : history,
                "2025-11-05 15:30:45",
                hasLanguage() ? ", '" + spoken + "'" : "");
    return version >= SETTINGS
        ? user + "INSERT INTO settings VALUES (%d, 'language', '%s');\n".formatted(id, spoken)
        : user;
  }

  private boolean hasLanguage() {
    return version >= 1 && version < NO_LANGUAGE;
  }

  private String note(long id, long user, String text, int done) {
    return "INSERT INTO notes (id, user_id, text, done%s) VALUES (%d, %d, %s, %d%s);\n"
        .formatted(
            version >= PRIORITY ? ", priority" : "",
            id,
            user,
            text,
            done,
            version >= PRIORITY ? ", " + (done == 1 ? 0 : 5) : "");
  }
}
