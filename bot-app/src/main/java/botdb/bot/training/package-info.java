/**
 * What the launcher runs once to learn which classes the program loads; no command of the user's.
 */
@NullMarked
package botdb.bot.training;

import org.jspecify.annotations.NullMarked;
