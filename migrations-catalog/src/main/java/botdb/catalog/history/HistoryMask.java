package botdb.catalog.history;

import botdb.catalog.json.JsonArrayScanner;
import botdb.catalog.json.JsonDialect;
import botdb.catalog.json.JsonFault;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Shows how a history is built without a word of what people wrote.
 *
 * <p>Of a history stay the punctuation, the names of members that look like names, numbers, {@code
 * true}, {@code false}, {@code null}, and the values of {@code role}, {@code type} and {@code
 * timestamp} that are such. Of every other text stay white space and the punctuation of ASCII; the
 * rest becomes {@code x}, and what is long is cut off. A text may end anywhere; one that is no
 * history so far is masked as a whole.
 *
 * <pre>{@code
 * new HistoryMask().apply("[{\"role\": \"user\", \"content\": \"Hi, Bob!\"}]")
 *     // [{"role": "user", "content": "xx, xxx!"}]
 * }</pre>
 */
public final class HistoryMask implements UnaryOperator<String> {
  private static final int SHOWN = 40;
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,39}");
  private static final Pattern ROLE =
      Pattern.compile("system|developer|user|assistant|tool|function");
  private static final Pattern TYPE =
      Pattern.compile("text|image_url|image|file|audio|input_audio|refusal|function");
  private static final Pattern TIMESTAMP = Pattern.compile("[0-9 T:.+Z-]{0,40}");

  @Override
  public String apply(String text) {
    return isHistory(text) ? new Structure(text).mask() : masked(text);
  }

  /** Whether it is one as far as it goes: a fault at its very end is that it was cut off. */
  private static boolean isHistory(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    JsonArrayScanner scanner = new JsonArrayScanner(bytes, "", JsonDialect.PYTHON);
    try {
      boolean more = true;
      while (more) {
        more = scanner.next();
      }
      return true;
    } catch (JsonFault e) {
      return bytes.length > 0 && e.offset() == bytes.length;
    }
  }

  private static String masked(String text) {
    StringBuilder masked = new StringBuilder();
    int shown = 0;
    for (int at = 0; at < text.length(); shown++) {
      if (shown == SHOWN) {
        return masked.append('…').toString();
      }
      int c = text.codePointAt(at);
      masked.append(isHarmless(c) ? (char) c : 'x');
      at += Character.charCount(c);
    }
    return masked.toString();
  }

  private static boolean isHarmless(int c) {
    return c < 128 && !Character.isLetterOrDigit(c);
  }

  /** Walks through the strings of a text that is known to be well-formed up to where it ends. */
  private static final class Structure {
    private final String text;
    private final StringBuilder masked = new StringBuilder();
    private String name = "";
    private int at;

    Structure(String text) {
      this.text = text;
    }

    String mask() {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '"') {
          string();
        } else {
          masked.append(c);
          at++;
        }
      }
      return masked.toString();
    }

    private void string() {
      int from = at + 1;
      int end = end(from);
      String content = text.substring(from, end);
      at = Math.min(end + 1, text.length());
      boolean isName = isBeforeColon();
      boolean stays = isName ? NAME.matcher(content).matches() : isKnown(content);
      masked.append('"').append(stays ? content : unescapedMask(content));
      if (end < text.length()) {
        masked.append('"');
      }
      name = isName ? content : "";
    }

    /** The offset of the closing quote, or of the end of the text. */
    private int end(int from) {
      int end = from;
      while (end < text.length() && text.charAt(end) != '"') {
        end += text.charAt(end) == '\\' ? 2 : 1;
      }
      return Math.min(end, text.length());
    }

    private boolean isBeforeColon() {
      int next = at;
      while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
        next++;
      }
      return next < text.length() && text.charAt(next) == ':';
    }

    private boolean isKnown(String value) {
      Pattern known =
          switch (name) {
            case "role" -> ROLE;
            case "type" -> TYPE;
            case "timestamp" -> TIMESTAMP;
            default -> null;
          };
      return known != null && known.matcher(value).matches();
    }

    /** An escape is a character like any other, and half of one at the end is none. */
    private static String unescapedMask(String content) {
      return masked(content.replaceAll("\\\\(u[0-9A-Fa-f]{0,4}|.|$)", "x"));
    }
  }
}
