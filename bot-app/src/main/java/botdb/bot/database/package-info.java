/** The database of a running bot: one connection that writes and one that reads. */
@NullMarked
package botdb.bot.database;

import org.jspecify.annotations.NullMarked;
