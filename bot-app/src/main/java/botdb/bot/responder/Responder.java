package botdb.bot.responder;

import java.util.function.Consumer;

/**
 * Answers what a user wrote.
 *
 * <p>Called by many threads at once. What it throws is told to the user as a failure to answer; the
 * question stays stored.
 */
public interface Responder {

  /**
   * Returns the answer, as text, whole.
   *
   * @param conversation the question and what came before it
   * @param parts is given the answer piece by piece as it comes; the pieces together are the answer
   */
  String reply(Conversation conversation, Consumer<String> parts);
}
