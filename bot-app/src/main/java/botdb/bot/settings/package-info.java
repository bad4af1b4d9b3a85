/**
 * What the environment of the process and a file {@code .env} say; each setting is read, and
 * checked, when it is asked for.
 */
@NullMarked
package botdb.bot.settings;

import org.jspecify.annotations.NullMarked;
