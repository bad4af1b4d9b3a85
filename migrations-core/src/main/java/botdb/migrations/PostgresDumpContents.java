package botdb.migrations;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a dump holds, read to its end as a restore would read it. */
final class PostgresDumpContents implements PostgresDump.Reader {
  private static final String NULL = "\\N";

  private final MessageDigest digest;
  private final Map<String, Long> rows = new TreeMap<>();
  private final List<MigrationPlan.AppliedRow> applied = new ArrayList<>();
  private PostgresDump.@Nullable Table migrations;
  private String table = "";
  private long count;

  private PostgresDumpContents(MessageDigest digest) {
    this.digest = digest;
  }

  /**
   * Reads a dump.
   *
   * @throws PostgresProgram.Failed if it is damaged
   */
  static PostgresDumpContents of(PostgresDump dump) throws IOException, SQLException {
    try {
      PostgresDumpContents contents =
          new PostgresDumpContents(MessageDigest.getInstance("SHA-256"));
      dump.read(contents);
      return contents;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /** Returns how many rows each table has. */
  Map<String, Long> rows() {
    return rows;
  }

  /** Returns the rows of {@code migrations}. */
  List<MigrationPlan.AppliedRow> applied() {
    return applied;
  }

  /** Returns a checksum of all statements and rows; the file has a time in it besides. */
  String checksum() {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void statements(String sql) {
    digest.update(sql.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void table(PostgresDump.Table begun) {
    digest.update(begun.copy().getBytes(StandardCharsets.UTF_8));
    table = begun.name();
    migrations = table.equals(MigrationTable.NAME) ? begun : null;
    count = 0;
  }

  @Override
  public void row(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
    count++;
    if (migrations != null) {
      String line = new String(bytes, offset, length - 1, StandardCharsets.UTF_8);
      note(migrations.columns(), List.of(line.split("\t", -1)));
    }
  }

  private void note(List<String> columns, List<String> cells) {
    String name = cell(columns, cells, "name");
    if (name != null) {
      applied.add(new MigrationPlan.AppliedRow(name, cell(columns, cells, "applied_at")));
    }
  }

  private static @Nullable String cell(List<String> columns, List<String> cells, String column) {
    int index = columns.indexOf(column);
    return index < 0 || cells.get(index).equals(NULL) ? null : cells.get(index);
  }

  @Override
  public void endOfTable() {
    rows.put(table, count);
  }
}
