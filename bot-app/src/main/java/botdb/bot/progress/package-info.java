/**
 * How a migration is shown while it runs: nothing for what is done in a moment, a bar on a
 * terminal, a line every few seconds where there is none.
 */
@NullMarked
package botdb.bot.progress;

import org.jspecify.annotations.NullMarked;
