/**
 * The bot over HTTP, in JSON both ways.
 *
 * <p>Every answer is a JSON document with a status that fits, also where the request did not reach
 * a handler; none shows a stack trace, a word of a message that it was not asked for, or what the
 * server is made of.
 */
@NullMarked
package botdb.bot.http;

import org.jspecify.annotations.NullMarked;
