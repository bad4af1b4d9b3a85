package botdb.catalog.json;

import java.util.Arrays;

/**
 * Walks through a JSON array of objects, as bytes, and checks it to the last one.
 *
 * <p>Accepts what its dialect of JSON accepts, in UTF-8, and nothing else. Needs memory of one bit
 * for each level of nesting, whatever the text; nesting does not use the stack.
 *
 * <pre>{@code
 * JsonArrayScanner scanner = new JsonArrayScanner(bytes, "timestamp", RFC_8259);
 * while (scanner.next()) {
 *   String object = new String(bytes, scanner.start(), scanner.end() - scanner.start(), UTF_8);
 * }
 * }</pre>
 */
public final class JsonArrayScanner {
  private static final int FIRST_NAME = 0;
  private static final int NAME = 1;
  private static final int FIRST_VALUE = 2;
  private static final int VALUE = 3;
  private static final int AFTER_VALUE = 4;

  private final byte[] text;
  private final byte[] name;
  private final JsonDialect dialect;
  private int at;
  private int count;
  private int start;
  private int end;
  private int lastMemberEnd;
  private boolean named;
  private int namedValue;

  /** A bit a level of nesting, set where it is an object. */
  private long[] levels = new long[1];

  private int depth;

  /**
   * Starts before the array.
   *
   * @param text the whole text in UTF-8
   * @param name the member to look for in each object, in ASCII; empty for none
   * @param dialect what to accept
   */
  public JsonArrayScanner(byte[] text, String name, JsonDialect dialect) {
    this.text = text;
    this.dialect = dialect;
    this.name = name.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  /**
   * Moves to the next object of the array.
   *
   * @return false after the last one, when the whole text has been checked
   * @throws JsonFault if the text is not a JSON array of objects
   */
  public boolean next() {
    if (count == 0) {
      skipWhitespace();
      if (at == text.length || text[at] != '[') {
        throw new JsonFault("not a JSON array", at);
      }
      at++;
      skipWhitespace();
      if (at < text.length && text[at] == ']') {
        return finish();
      }
    } else {
      skipWhitespace();
      if (need("a comma or the end of the array") == ']') {
        return finish();
      }
      if (text[at] != ',') {
        throw new JsonFault("a comma or the end of the array expected", at);
      }
      at++;
      skipWhitespace();
    }
    if (need("an object") != '{') {
      throw new JsonFault("element %d is not an object".formatted(count + 1), at);
    }
    count++;
    object();
    return true;
  }

  private boolean finish() {
    at++;
    skipWhitespace();
    if (at < text.length) {
      throw new JsonFault("more text after the array", at);
    }
    return false;
  }

  /** Returns how many objects have been passed, the present one included. */
  public int count() {
    return count;
  }

  /** Returns the offset of the opening brace of the present object. */
  public int start() {
    return start;
  }

  /** Returns the offset after the closing brace of the present object. */
  public int end() {
    return end;
  }

  /** Returns whether the present object itself has the member that is looked for. */
  public boolean isNamed() {
    return named;
  }

  /** Returns the offset of the value of that member, where there is one; of two, of the first. */
  public int namedValue() {
    return namedValue;
  }

  /** Returns whether the present object has no members. */
  public boolean isEmpty() {
    return lastMemberEnd == start + 1;
  }

  /** Returns the offset after the last member of the present object, or after its opening brace. */
  public int lastMemberEnd() {
    return lastMemberEnd;
  }

  private void object() {
    start = at;
    named = false;
    namedValue = 0;
    depth = 0;
    open(true);
    lastMemberEnd = at;
    int expected = FIRST_NAME;
    while (depth > 0) {
      skipWhitespace();
      expected =
          switch (expected) {
            case FIRST_NAME -> need("a name or the end of the object") == '}' ? close() : name();
            case NAME -> name();
            case FIRST_VALUE -> need("a value or the end of the array") == ']' ? close() : value();
            case VALUE -> value();
            default -> afterValue();
          };
    }
    end = at;
  }

  private void open(boolean object) {
    int word = depth >> 6;
    if (word == levels.length) {
      levels = Arrays.copyOf(levels, levels.length * 2);
    }
    long bit = 1L << depth;
    levels[word] = object ? levels[word] | bit : levels[word] & ~bit;
    depth++;
    at++;
  }

  private boolean isInObject() {
    int level = depth - 1;
    return (levels[level >> 6] & (1L << level)) != 0;
  }

  private int close() {
    depth--;
    at++;
    return ended();
  }

  /** A value is complete; if it belongs to the object itself, so is a member. */
  private int ended() {
    if (depth == 1) {
      lastMemberEnd = at;
    }
    return AFTER_VALUE;
  }

  private int name() {
    if (need("a name in double quotes") != '"') {
      throw new JsonFault("a name in double quotes expected", at);
    }
    int from = at + 1;
    string();
    if (depth == 1 && !named && name.length > 0) {
      named = JsonStrings.equals(text, from, at - 1, name);
      namedValue = named ? -1 : namedValue;
    }
    skipWhitespace();
    if (need("a colon") != ':') {
      throw new JsonFault("a colon expected", at);
    }
    at++;
    if (named && namedValue < 0) {
      skipWhitespace();
      namedValue = at;
    }
    return VALUE;
  }

  private int value() {
    switch (need("a value")) {
      case '{' -> {
        open(true);
        return FIRST_NAME;
      }
      case '[' -> {
        open(false);
        return FIRST_VALUE;
      }
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      case 'N', 'I' -> nonNumber();
      default -> throw new JsonFault("a value expected", at);
    }
    return ended();
  }

  private int afterValue() {
    boolean object = isInObject();
    byte found =
        need(object ? "a comma or the end of the object" : "a comma or the end of the array");
    if (found == ',') {
      at++;
      return object ? NAME : VALUE;
    }
    if (found != (object ? '}' : ']')) {
      throw new JsonFault(
          object
              ? "a comma or the end of the object expected"
              : "a comma or the end of the array expected",
          at);
    }
    return close();
  }

  private void literal(String word) {
    for (int i = 0; i < word.length(); i++, at++) {
      if (at == text.length || text[at] != word.charAt(i)) {
        throw new JsonFault("a value expected", at);
      }
    }
  }

  private void nonNumber() {
    if (dialect != JsonDialect.PYTHON) {
      throw new JsonFault("a value expected", at);
    }
    literal(text[at] == 'N' ? "NaN" : "Infinity");
  }

  private void number() {
    if (text[at] == '-') {
      at++;
      if (dialect == JsonDialect.PYTHON && at < text.length && text[at] == 'I') {
        nonNumber();
        return;
      }
    }
    if (at < text.length && text[at] == '0') {
      at++;
    } else {
      digits();
    }
    if (at < text.length && text[at] == '.') {
      at++;
      digits();
    }
    if (at < text.length && (text[at] | 0x20) == 'e') {
      at++;
      if (at < text.length && (text[at] == '+' || text[at] == '-')) {
        at++;
      }
      digits();
    }
  }

  private void digits() {
    int from = at;
    while (at < text.length && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    if (at == from) {
      throw new JsonFault("a digit expected", at);
    }
  }

  private void string() {
    at = JsonStrings.skip(text, at);
  }

  private byte need(String expected) {
    if (at >= text.length) {
      throw new JsonFault("the text ends where " + expected + " is expected", text.length);
    }
    return text[at];
  }

  private void skipWhitespace() {
    while (at < text.length && isWhitespace(text[at])) {
      at++;
    }
  }

  private static boolean isWhitespace(byte b) {
    return b == ' ' || b == '\n' || b == '\t' || b == '\r';
  }
}
