/**
 * What migrations do that is hard to get right, done once: columns added, tables rebuilt, rows
 * moved and filled, and data looked at first.
 *
 * <p>What is to become is read from the snapshot of the version that a typed table belongs to, so
 * that nobody writes it twice. Whatever the owner of a database added by hand stays. Done a second
 * time, an operation finds nothing to do. In a file and on a server they do the same, each in the
 * way that its engine has for it.
 *
 * <pre>{@code
 * ColumnAddition.of(V002.USERS.LANGUAGE).run(context);
 *
 * TableRebuild.of(V001.USERS, V002.USERS)
 *     .map(V002.USERS.NICKNAME, V001.USERS.USERNAME)
 *     .run(context);
 * }</pre>
 */
@NullMarked
package botdb.catalog.operations;

import org.jspecify.annotations.NullMarked;
