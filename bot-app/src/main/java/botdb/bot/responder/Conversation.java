package botdb.bot.responder;

import botdb.catalog.Message;

/**
 * What a responder knows when it is asked.
 *
 * @param question what the user has just written
 * @param earlier what was said before; the question is not among it
 */
public record Conversation(Message question, Earlier earlier) {}
