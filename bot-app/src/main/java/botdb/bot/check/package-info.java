/**
 * What {@code verify} looks at: whether the file is sound, its foreign keys hold, its schema is
 * what the migrations make of it, and its histories can be read. Nothing here writes.
 */
@NullMarked
package botdb.bot.check;

import org.jspecify.annotations.NullMarked;
