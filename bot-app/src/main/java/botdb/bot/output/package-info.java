/**
 * What people read: results, notes and errors, so written that what a user of the bot typed can
 * neither disguise itself as something else nor drive a terminal.
 */
@NullMarked
package botdb.bot.output;

import org.jspecify.annotations.NullMarked;
