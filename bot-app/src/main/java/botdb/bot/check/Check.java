package botdb.bot.check;

import java.util.List;

/**
 * One thing that was looked at, and how it is.
 *
 * @param name what was looked at
 * @param result how it is
 * @param details what was found, a line each
 */
public record Check(String name, Result result, List<String> details) {

  /** Copies the details. */
  public Check {
    details = List.copyOf(details);
  }

  /** How a thing is. */
  public enum Result {
    /** As it should be. */
    OK,
    /** As it may be: something to know, nothing to mend. */
    NOTE,
    /** Not as it should be. */
    FAILED
  }

  static Check ok(String name) {
    return new Check(name, Result.OK, List.of());
  }

  /** A check that has nothing against what it found. */
  static Check noted(String name, List<String> details) {
    return new Check(name, details.isEmpty() ? Result.OK : Result.NOTE, details);
  }

  /** A check that has something against everything it found. */
  static Check strict(String name, List<String> details) {
    return new Check(name, details.isEmpty() ? Result.OK : Result.FAILED, details);
  }
}
