/**
 * The typed stores of histories, those of the users and those that migrations set aside; and how a
 * history is shown to whom it is none of his business.
 */
@NullMarked
package botdb.catalog.history;

import org.jspecify.annotations.NullMarked;
