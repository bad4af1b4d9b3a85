/**
 * The log of a bot that serves: lines for people, or JSON for programs, on standard error.
 *
 * <p>Commands that only migrate or look write no log and load no library for one.
 */
@NullMarked
package botdb.bot.log;

import org.jspecify.annotations.NullMarked;
