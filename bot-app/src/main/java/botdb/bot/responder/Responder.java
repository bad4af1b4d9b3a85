package botdb.bot.responder;

/**
 * Answers what a user wrote.
 *
 * <p>Called by many threads at once. What it throws is told to the user as a failure to answer; the
 * question stays stored.
 */
public interface Responder {

  /**
   * Returns the answer, as text.
   *
   * @param conversation the question and what came before it
   */
  String reply(Conversation conversation);
}
