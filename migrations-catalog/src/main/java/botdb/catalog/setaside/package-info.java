/**
 * The table {@code set_aside}: cells that stood in the way of a migration, exactly as they were.
 *
 * <p>Only a migration whose owner asked for it creates the table; everybody else finds none and
 * reads it as empty. Nothing here loads jOOQ, so that looking stays cheap.
 */
@NullMarked
package botdb.catalog.setaside;

import org.jspecify.annotations.NullMarked;
