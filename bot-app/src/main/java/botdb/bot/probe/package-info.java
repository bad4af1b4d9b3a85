/** A program of its own that asks a running bot how it is; loads nothing but the settings. */
@NullMarked
package botdb.bot.probe;

import org.jspecify.annotations.NullMarked;
