package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.catalog.operations.Rebuild;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rebuild makes of one version of a table is what the server makes of the other. */
class TableVersionsIT {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(a TEXT, b INTEGER) | (a TEXT NOT NULL, b INTEGER NOT NULL DEFAULT 7)",
        "(a TEXT NOT NULL, b INTEGER NOT NULL DEFAULT 7) | (a TEXT, b INTEGER)",
        "(a TEXT PRIMARY KEY, b INTEGER) WITHOUT ROWID | (a TEXT PRIMARY KEY, b INTEGER NOT NULL)",
        "(a TEXT PRIMARY KEY, b INTEGER) | (a TEXT, b INTEGER, PRIMARY KEY (a, b))",
        "(a TEXT, b INTEGER) | (a TEXT, b INTEGER) STRICT",
        "(a TEXT, b INTEGER) | (a TEXT, b INTEGER CHECK (b < 10), CHECK (a <> 'z'))",
        "(a TEXT, b INTEGER CHECK (b < 10)) | (a TEXT, b INTEGER CHECK (b < 20))",
        "(a TEXT, b INTEGER) | (a TEXT, b INTEGER, c TEXT AS (a) VIRTUAL)",
        "(a TEXT, b INTEGER, c TEXT AS (a)) | (a TEXT, b INTEGER, c TEXT AS (upper(a)) STORED)",
        "(a TEXT, b INTEGER, c TEXT AS (a) STORED) | (a TEXT, b INTEGER, c TEXT)",
        "(a TEXT, b INTEGER, c TEXT) | (a TEXT, b INTEGER, c TEXT AS (a) STORED)",
        "(a TEXT, b INTEGER, UNIQUE (a)) | (a TEXT, b INTEGER, UNIQUE (a, b))",
        "(a TEXT, b INTEGER) | ([a] TEXT, `b` INTEGER, \"c-d\" TEXT DEFAULT 'x, (y')",
        "(a TEXT, b INTEGER, c REAL DEFAULT 1) | (c INTEGER DEFAULT 1, b TEXT, a TEXT)",
        "(a TEXT, b INTEGER, c TEXT DEFAULT '0') | (a VARCHAR(9), b REAL, c INTEGER DEFAULT 5)",
        "(a TEXT, b INTEGER) | (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b INTEGER)",
        "(a TEXT, b INTEGER PRIMARY KEY) | (a TEXT, b INTEGER PRIMARY KEY AUTOINCREMENT)",
        "(a TEXT, b INTEGER PRIMARY KEY AUTOINCREMENT) | (a TEXT, b INTEGER PRIMARY KEY)",
        "(a TEXT, b INTEGER) | (a TEXT, b INTEGER REFERENCES users ON DELETE SET NULL)",
        "(a TEXT, b INTEGER REFERENCES users) | (a TEXT, b INTEGER)",
        "(a TEXT, b INTEGER) | (a TEXT, b INTEGER UNIQUE, c INTEGER REFERENCES notes (b))",
        "(a TEXT, b INTEGER) | (a TEXT, b INTEGER, at TIMESTAMP DEFAULT CURRENT_TIMESTAMP)",
        "(a TEXT, b INTEGER, c BLOB) | (a BLOB, b INTEGER, c TEXT)",
        "(a TEXT, b INTEGER) | (a TEXT, b INTEGER, CONSTRAINT small CHECK (b < 10))",
        "(a TEXT, b INTEGER, c TEXT AS (upper(a))) | (a VARCHAR(9), b INTEGER, c TEXT AS (upper(a)))",
        "(a VARCHAR(8), b INTEGER, c TEXT AS (upper(a))) | (a VARCHAR(9), b INTEGER, c TEXT AS (upper(a)))",
        "(a TEXT, b INTEGER, c TEXT AS (a) UNIQUE) | (a TEXT, b INTEGER, c TEXT AS (lower(a)) UNIQUE)",
      })
  void makes_of_one_version_another(String before, String after) throws Exception {
    String from = NotesVersions.USERS + "CREATE TABLE notes " + before + ";";
    String to = NotesVersions.USERS + "CREATE TABLE notes " + after + ";";
    Notes notes =
        Notes.of(
            from,
            "INSERT INTO users (user_id) VALUES (1), (2)",
            "INSERT INTO notes (a, b) VALUES ('x', 1), ('y', 2)");
    notes.migrate(Rebuild.between(from, to));
    notes.assertIs(to);
    assertThat(notes.query("SELECT encode(a::text::bytea, 'escape'), b FROM notes ORDER BY b"))
        .containsExactly("x|1", "y|2");
    Map<String, List<String>> content = notes.content();
    notes.migrate(Rebuild.between(from, to));
    assertThat(notes.content()).isEqualTo(content);
  }
}
