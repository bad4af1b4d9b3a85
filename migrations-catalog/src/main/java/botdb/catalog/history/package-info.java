/** The typed stores of histories: those of the users, and those that migrations set aside. */
@NullMarked
package botdb.catalog.history;

import org.jspecify.annotations.NullMarked;
