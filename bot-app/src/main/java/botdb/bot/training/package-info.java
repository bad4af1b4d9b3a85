/** What the launcher runs to learn which classes the program loads; no commands of the user's. */
@NullMarked
package botdb.bot.training;

import org.jspecify.annotations.NullMarked;
