/**
 * The migration runner for SQLite and its {@code migrations} table.
 *
 * <p>A {@link botdb.migrations.MigrationCatalog} lists what exists, the {@code migrations} table
 * records what was applied, a {@link botdb.migrations.MigrationPlan} is the difference of the two,
 * and a {@link botdb.migrations.Migrator} carries it out: each migration in one transaction
 * together with its row, under SQLite's own write lock, which a crash releases.
 *
 * <pre>{@code
 * MigrationCatalog catalog = MigrationCatalog.of(baseline, List.of(Migration001AddNotes.class));
 * Migrator migrator = Migrator.of(SqliteFile.of(Path.of("users.db")), catalog);
 * MigrationPlan plan = migrator.plan();           // one read, nothing written
 * MigrationReport report = migrator.migrate();    // applies what is pending
 * }</pre>
 *
 * <p>Looking and applying are apart on purpose: the classes that look use plain JDBC, so that a
 * start with nothing to apply does not pay for loading jOOQ.
 */
@NullMarked
package botdb.migrations;

import org.jspecify.annotations.NullMarked;
