/**
 * The typed store of histories: read, page, append, clear; and how a history is shown to whom it is
 * none of his business.
 */
@NullMarked
package botdb.catalog.history;

import org.jspecify.annotations.NullMarked;
