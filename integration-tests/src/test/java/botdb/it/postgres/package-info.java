/**
 * A PostgreSQL server of the tests' own, and what happens to one: stopped, killed, started again,
 * cut off, behind a pooler, on a full disk.
 *
 * <p>The server is a real one, of the oldest version that is served, unpacked from an archive that
 * Maven brings. What is started here ends, and its folder is removed, with the process that started
 * it, however that one ends.
 */
@NullMarked
package botdb.it.postgres;

import org.jspecify.annotations.NullMarked;
