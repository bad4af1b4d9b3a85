/**
 * The program under faults: killed, on a full disk, with writes that fail, among others of its
 * kind, beside the old bot, on damaged files.
 *
 * <p>Whatever happens, a database is as it was before the migration or as it is after it, and the
 * next start finishes. Databases are compared as a whole. Everything random is seeded. Each class
 * tries a few faults in every build and many in the profile {@code faults}, and prints how many.
 */
@NullMarked
package botdb.it.fault;

import org.jspecify.annotations.NullMarked;
