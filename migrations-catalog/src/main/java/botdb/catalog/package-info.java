/**
 * What a bot stores: {@link botdb.catalog.Message}, one message of a user's history.
 *
 * <p>Below it: {@code json} reads and rewrites the text of histories byte by byte, {@code message}
 * holds messages as older versions of the schema knew them, {@code schema} is generated from the
 * snapshots, one package a version, {@code setaside} is where a migration leaves what stood in its
 * way, {@code migrations} is the catalog, and {@code history} reads, appends and puts back.
 */
@NullMarked
package botdb.catalog;

import org.jspecify.annotations.NullMarked;
