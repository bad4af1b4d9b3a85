package botdb.migrations;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One copy: looks at every cell, writes every row, and reads what it has written. */
final class CopyRun {
  private final Database from;
  private final Database to;
  private final MigrationCatalog catalog;
  private final Migrator.Listener listener;

  CopyRun(Database from, Database to, MigrationCatalog catalog, Migrator.Listener listener) {
    this.from = from;
    this.to = to;
    this.catalog = catalog;
    this.listener = listener;
  }

  DatabaseCopy.Report copy(DatabaseCopy.Unsaid unsaid) {
    if (from.isSameAs(to)) {
      throw new MigrationException.CopyRefused(
          from.name(),
          from.name() + " cannot be copied to itself",
          List.of(),
          "give two addresses that lead to two databases");
    }
    try (CopySource source = from.copySource(listener)) {
      return copy(source, unsaid);
    } catch (SQLException e) {
      throw from.explain(e);
    } catch (WriteFailure e) {
      throw to.explain(e.reason());
    }
  }

  private DatabaseCopy.Report copy(CopySource source, DatabaseCopy.Unsaid unsaid)
      throws SQLException {
    refuseUnknown(source);
    from.refuseDamage(source.connection());
    CopySource.Contents contents = source.contents();
    if (contents.tables().isEmpty()) {
      throw new MigrationException.CopyRefused(
          from.name(), from.name() + " has no tables", List.of(), "check the address");
    }
    try (CopyTarget target = WriteFailure.in(to::copyTarget)) {
      List<String> left = new ArrayList<>(contents.left());
      left.addAll(WriteFailure.in(() -> target.create(contents.tables())));
      if (!left.isEmpty() && unsaid == DatabaseCopy.Unsaid.REFUSE) {
        throw new MigrationException.CopyRefused(
            from.name(),
            "%s has what %s has no words for".formatted(from.name(), to.name()),
            left,
            "remove it first, or go on without it with --leave-behind");
      }
      return new DatabaseCopy.Report(copy(source, target, contents.tables()), left);
    }
  }

  /** What a newer program has written, this one does not know enough of. */
  private void refuseUnknown(CopySource source) throws SQLException {
    MigrationTable.checkShape(source.connection(), from);
    MigrationPlan plan = MigrationPlan.of(catalog, MigrationTable.read(source.connection(), from));
    if (plan.state() == MigrationPlan.State.SUPERSEDED) {
      throw new MigrationException.Superseded(from.name(), plan, List.of());
    }
  }

  // --- The rows ---

  private Map<String, Long> copy(CopySource source, CopyTarget target, List<CopiedTable> tables)
      throws SQLException {
    long total = 0;
    for (CopiedTable table : tables) {
      total += source.count(table);
    }
    Map<String, RowChecksum> checksums = check(source, tables, total);
    write(source, target, tables, total);
    WriteFailure.during(() -> target.complete(tables));
    compare(target, tables, checksums, total);
    WriteFailure.during(target::commit);
    Map<String, Long> rows = new LinkedHashMap<>();
    checksums.forEach((table, checksum) -> rows.put(table, checksum.rows()));
    return rows;
  }

  private Map<String, RowChecksum> check(CopySource source, List<CopiedTable> tables, long total)
      throws SQLException {
    CountedRows counted = new CountedRows("checking", total, listener);
    UnsuitableCells unsuitable = new UnsuitableCells();
    Map<String, RowChecksum> checksums = new LinkedHashMap<>();
    for (CopiedTable table : tables) {
      RowChecksum checksum = source.check(table, unsuitable, counted);
      counted.finish(checksum.rows());
      checksums.put(table.name(), checksum);
    }
    if (!unsuitable.isEmpty()) {
      throw new MigrationException.CopyRefused(
          from.name(),
          "%s has values that %s cannot hold".formatted(from.name(), to.name()),
          unsuitable.places(),
          "give each of them the type of its column, then copy again");
    }
    return checksums;
  }

  private void write(CopySource source, CopyTarget target, List<CopiedTable> tables, long total)
      throws SQLException {
    CountedRows counted = new CountedRows("copying", total, listener);
    for (CopiedTable table : tables) {
      CopyTarget.Rows rows = WriteFailure.in(() -> target.rows(table));
      source.read(table, new WrittenRows(rows, counted));
      WriteFailure.during(rows::finish);
    }
  }

  private void compare(
      CopyTarget target, List<CopiedTable> tables, Map<String, RowChecksum> checksums, long total) {
    CountedRows counted = new CountedRows("comparing", total, listener);
    List<String> differences = new ArrayList<>();
    for (CopiedTable table : tables) {
      RowChecksum there = WriteFailure.in(() -> target.checksum(table, counted));
      counted.finish(there.rows());
      RowChecksum here = checksums.get(table.name());
      if (!there.equals(here)) {
        differences.add(
            here != null && here.rows() == there.rows()
                ? table.name() + ": its rows are not the same"
                : "%s: %d rows, and %d arrived"
                    .formatted(table.name(), here == null ? 0 : here.rows(), there.rows()));
      }
    }
    if (!differences.isEmpty()) {
      throw new MigrationException.CopyFailed(from.name(), differences);
    }
  }
}
