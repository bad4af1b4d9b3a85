/** Mistakes made in a copy of the catalog, and when and how each is seen. */
@NullMarked
package botdb.catalog.mistakes;

import org.jspecify.annotations.NullMarked;
