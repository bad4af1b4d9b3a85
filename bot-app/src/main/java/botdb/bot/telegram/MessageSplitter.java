package botdb.bot.telegram;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Splits a text into pieces that Telegram takes, 4096 UTF-16 units each.
 *
 * <p>It is cut between paragraphs, lines or words, whichever leaves the piece at least half full;
 * inside a word only where the word alone is longer, and never inside what a reader takes for one
 * character. A block of code that is cut is closed in the one piece and opened again in the next.
 * White space at a cut is left out, nothing else. The same text is always split in the same way, so
 * that a start after a crash can go on with the piece that is next.
 */
final class MessageSplitter {
  /** The length that Telegram allows. */
  static final int LIMIT = 4096;

  private final int limit;
  private final List<String> pieces = new ArrayList<>();
  private @Nullable CodeFence fence;

  private MessageSplitter(int limit) {
    this.limit = limit;
  }

  /** Returns the pieces of a text; none of a blank one. */
  static List<String> split(String text) {
    return split(text, LIMIT);
  }

  /**
   * Returns the pieces of a text.
   *
   * @param limit the longest piece, in UTF-16 units; a hundred at least
   */
  static List<String> split(String text, int limit) {
    return new MessageSplitter(limit).pieces(text);
  }

  private List<String> pieces(String text) {
    String rest = text.stripTrailing();
    while (!rest.isBlank()) {
      String head = fence == null ? "" : fence.opening();
      if (head.length() + rest.length() <= limit) {
        add(head + rest);
        break;
      }
      rest = cutOne(head, rest);
    }
    return List.copyOf(pieces);
  }

  /** Adds the next piece and returns what is left. */
  private String cutOne(String head, String rest) {
    int room = limit - head.length() - CodeFence.LONGEST - 1;
    int cut = cut(rest, room);
    CodeFence open = CodeFence.after(fence, rest.substring(0, cut));
    int opening = CodeFence.openingLine(rest.substring(0, cut).stripTrailing());
    if (open != null && opening > 0 && CodeFence.after(fence, rest.substring(0, opening)) == null) {
      // Nothing of the block would be in this piece but the line that opens it.
      cut = opening;
      open = null;
    }
    String piece = rest.substring(0, cut);
    add(head + (open == null ? piece : piece.stripTrailing() + open.closing()));
    fence = open;
    return open == null ? rest.substring(cut).stripLeading() : inCode(open, rest.substring(cut));
  }

  /** Inside a block the line after a cut keeps its indent. */
  private String inCode(CodeFence open, String rest) {
    String lines = rest.startsWith("\n") ? rest.substring(1) : rest;
    int closing = open.closingLength(lines);
    if (closing == 0) {
      return lines;
    }
    fence = null;
    return lines.substring(closing).stripLeading();
  }

  private void add(String piece) {
    if (!piece.isBlank()) {
      pieces.add(piece.stripTrailing());
    }
  }

  /** Where to end a piece: before white space if there is some in its second half. */
  private static int cut(String text, int room) {
    int paragraph = 0;
    int line = 0;
    int word = 0;
    int cluster = 0;
    Matcher clusters = Graphemes.in(text);
    while (clusters.find() && clusters.start() <= room) {
      int at = clusters.start();
      cluster = at;
      if (isBreak(text, at)) {
        word = at;
        line = text.charAt(at) == '\n' ? at : line;
        paragraph = text.startsWith("\n\n", at) ? at : paragraph;
      }
    }
    for (int cut : new int[] {paragraph, line, word}) {
      if (cut >= room / 2) {
        return cut;
      }
    }
    if (!text.substring(0, word).isBlank()) {
      return word;
    }
    return cluster > 0 ? cluster : Graphemes.codePointCut(text, room);
  }

  private static boolean isBreak(String text, int at) {
    return Character.isWhitespace(text.charAt(at));
  }
}
