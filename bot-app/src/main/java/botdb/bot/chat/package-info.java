/** What happens to a message of a user, however it came in: stored, answered, the answer stored. */
@NullMarked
package botdb.bot.chat;

import org.jspecify.annotations.NullMarked;
