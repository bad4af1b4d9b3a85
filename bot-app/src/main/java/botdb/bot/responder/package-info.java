/**
 * Who answers the users: {@link botdb.bot.responder.Responder}, and the one that needs nothing but
 * what is stored. The one that asks a model is in a package of its own.
 */
@NullMarked
package botdb.bot.responder;

import org.jspecify.annotations.NullMarked;
