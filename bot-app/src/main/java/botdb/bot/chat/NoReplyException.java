package botdb.bot.chat;

import botdb.bot.responder.ResponderException;

/** The responder failed; its own message may quote the user, so this one says nothing of it. */
public final class NoReplyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoReplyException(Throwable cause) {
    super("the responder failed", cause);
  }

  /** Returns what to tell who asked. */
  public ResponderException.Reason reason() {
    return getCause() instanceof ResponderException failure
        ? failure.reason()
        : ResponderException.Reason.UNAVAILABLE;
  }
}
