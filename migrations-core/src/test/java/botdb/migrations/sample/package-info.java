/**
 * A catalog of the tests' own: one migration of every kind that SQLite makes difficult.
 *
 * <p>It begins as the bot's database does and grows notes. Beside the migrations stand snapshots of
 * the schema, one a version, and the same rows as each version holds them.
 */
@NullMarked
package botdb.migrations.sample;

import org.jspecify.annotations.NullMarked;
