/**
 * The numbered migrations of the bot's database and the snapshots of its schema.
 *
 * <p>Migration N is compiled against the classes of version N-1, which it reads, and of version N,
 * which it writes; no other version and never {@code current}.
 */
@NullMarked
package botdb.catalog.migrations;

import org.jspecify.annotations.NullMarked;
