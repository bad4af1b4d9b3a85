package botdb.migrations;

import java.util.Locale;
import java.util.Set;

/** What the cells of a column are while they are copied, and how SQLite declares such a column. */
enum CellKind {
  /** A whole number of 64 bits. */
  INTEGER("INTEGER"),
  /** A double. */
  REAL("REAL"),
  /** Text that UTF-8 can say, without U+0000. */
  TEXT("TEXT"),
  /** Any bytes. */
  BLOB("BLOB"),
  /** {@code 2025-11-05 15:30:45}. */
  TIME("TIMESTAMP"),
  /** The same, six digits behind the seconds where they are not all zero, as Python writes it. */
  EXACT_TIME("TIMESTAMP(6)"),
  /** A whole number, or text; a server keeps either as text. Only {@code set_aside} has it. */
  NUMBER_OR_TEXT(""),
  /** Text, or bytes; a server keeps either as bytes. Only {@code set_aside} has it. */
  TEXT_OR_BYTES("");

  private final String type;

  CellKind(String type) {
    this.type = type;
  }

  String type() {
    return type;
  }

  boolean isTime() {
    return this == TIME || this == EXACT_TIME;
  }

  /** What a declared type says. */
  enum Declared {
    INTEGER,
    REAL,
    TEXT,
    BLOB,
    TIME,
    /** Nothing: in SQLite such a column holds what is put into it. */
    NOTHING;

    /**
     * Reads a type mostly as SQLite does, <a
     * href="https://sqlite.org/datatype3.html#determination_of_column_affinity">Datatypes</a>.
     */
    static Declared of(String type) {
      String upper = type.toUpperCase(Locale.ROOT);
      if (upper.startsWith("TIMESTAMP") || upper.startsWith("DATETIME")) {
        return TIME;
      }
      if (upper.contains("INT") || upper.startsWith("BOOL")) {
        return INTEGER;
      }
      if (containsAny(upper, Set.of("CHAR", "CLOB", "TEXT"))) {
        return TEXT;
      }
      if (upper.contains("BLOB")) {
        return BLOB;
      }
      return containsAny(upper, Set.of("REAL", "FLOA", "DOUB", "NUMERIC", "DECIMAL"))
          ? REAL
          : NOTHING;
    }

    private static boolean containsAny(String type, Set<String> parts) {
      return parts.stream().anyMatch(type::contains);
    }
  }
}
