/** The typed store of histories: read, page, append, clear. */
@NullMarked
package botdb.catalog.history;

import org.jspecify.annotations.NullMarked;
