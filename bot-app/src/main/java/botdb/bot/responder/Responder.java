package botdb.bot.responder;

import java.util.function.Consumer;

/** Answers what a user wrote. Called by many threads at once. */
public interface Responder {

  /**
   * Returns the answer, as text, whole.
   *
   * @param conversation the question and what came before it
   * @param parts is given the answer piece by piece as it comes; the pieces together are the answer
   * @throws ResponderException if there is none; the question stays stored, pieces that were given
   *     already are no answer
   */
  String reply(Conversation conversation, Consumer<String> parts);
}
