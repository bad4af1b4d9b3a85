package botdb.catalog.history;

/**
 * A history that was set aside cannot be put back as it is; nothing was changed.
 *
 * <p>The message says why and where, the remedy what its owner can do. Neither holds what people
 * wrote.
 */
public final class NotPutBackException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String remedy;

  NotPutBackException(String reason, String remedy) {
    super(reason);
    this.remedy = remedy;
  }

  /** Returns what can be done about it. */
  public String remedy() {
    return remedy;
  }
}
