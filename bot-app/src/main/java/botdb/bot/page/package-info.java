/**
 * The page: a conversation in the browser, and the state of the bot for its owner.
 *
 * <p>Everything comes from the jar and from no other host; the texts stand in {@code
 * page.properties}, one file a language. What people wrote reaches the browser as data and is shown
 * as text, never as markup.
 */
@NullMarked
package botdb.bot.page;

import org.jspecify.annotations.NullMarked;
