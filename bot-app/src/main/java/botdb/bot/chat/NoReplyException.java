package botdb.bot.chat;

/** The responder failed; its own message may quote the user, so this one says nothing of it. */
public final class NoReplyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoReplyException(Throwable cause) {
    super("the responder failed", cause);
  }
}
