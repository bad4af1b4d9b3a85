package botdb.bot.telegram;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The line that opens a block of code, as <a
 * href="https://spec.commonmark.org/0.31.2/#fenced-code-blocks">CommonMark</a> has it.
 *
 * @param marker the three or more backticks or tildes
 * @param info what follows them: the language
 */
record CodeFence(String marker, String info) {
  /** More signs or words make a line of text, not of code. */
  static final int LONGEST = 16;

  private static final Pattern LINE =
      Pattern.compile(" {0,3}(`{3,16}|~{3,16})([^`\\n]{0,32})(?:\\n|$)");

  /** Returns the block that is open after a text; null if none is. */
  static @Nullable CodeFence after(@Nullable CodeFence before, String text) {
    CodeFence open = before;
    int line = 0;
    while (line < text.length()) {
      open = afterLine(open, text, line);
      int end = text.indexOf('\n', line);
      line = end < 0 ? text.length() : end + 1;
    }
    return open;
  }

  private static @Nullable CodeFence afterLine(@Nullable CodeFence open, String text, int line) {
    Matcher matcher = LINE.matcher(text).region(line, text.length());
    if (!matcher.lookingAt()) {
      return open;
    }
    if (open == null) {
      return new CodeFence(matcher.group(1), matcher.group(2).strip());
    }
    return open.isClosedBy(matcher) ? null : open;
  }

  private boolean isClosedBy(Matcher line) {
    return line.group(2).isBlank() && line.group(1).startsWith(marker);
  }

  /** Returns the length of the line that closes the block, if a text begins with it; else 0. */
  int closingLength(String text) {
    Matcher matcher = LINE.matcher(text);
    return matcher.lookingAt() && isClosedBy(matcher) ? matcher.end() : 0;
  }

  /** Returns where the line begins that opens this block, if it is the last one of a text. */
  static int openingLine(String text) {
    int line = text.lastIndexOf('\n') + 1;
    return LINE.matcher(text).region(line, text.length()).lookingAt() ? line : -1;
  }

  /** Returns the line that opens the block. */
  String opening() {
    return marker + info + "\n";
  }

  /** Returns the line that closes the block. */
  String closing() {
    return "\n" + marker;
  }
}
