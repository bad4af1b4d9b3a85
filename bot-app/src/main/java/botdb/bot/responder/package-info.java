/**
 * Who answers the users: {@link botdb.bot.responder.Responder}, and the one that needs nothing but
 * what is stored.
 */
@NullMarked
package botdb.bot.responder;

import org.jspecify.annotations.NullMarked;
