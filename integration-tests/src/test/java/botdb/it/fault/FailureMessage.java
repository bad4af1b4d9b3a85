package botdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.Bot;
import java.util.regex.Pattern;

/** What the program says when it fails: a fact, the database, what to do, and nothing of itself. */
final class FailureMessage {
  private static final Pattern FORM =
      Pattern.compile(
          "((another process is using the database|backup: )[^\n]*\n)*"
              + "\\S[^\n]+\n( {2}(\\S[^\n]{9}|  {9})\\S[^\n]*\n)+");

  private FailureMessage() {}

  static void assertTold(Bot.Result failed) {
    assertThat(failed.status()).as(failed.err()).isEqualTo(1);
    assertThat(failed.err())
        .matches(FORM)
        .contains("\n  database  ")
        .contains("\n  to do     ")
        .doesNotContain("unexpected")
        .doesNotContain("Exception");
  }

  /** Whether it promises that nothing is changed, or no longer. */
  static boolean promisesNoChange(Bot.Result failed) {
    return Pattern.compile("rolled back|nothing was changed").matcher(failed.err()).find();
  }
}
