package botdb.catalog.json;

import java.util.Arrays;

/**
 * Passes over JSON values and checks them, RFC 8259 to the letter. Needs a bit for each level of
 * nesting, which does not use the stack.
 */
final class JsonCursor {
  private final byte[] text;
  private int at;

  /** A bit a level of nesting, set where it is an object. */
  private long[] levels = new long[1];

  private int depth;
  private boolean isFirst;

  JsonCursor(byte[] text) {
    this.text = text;
  }

  int at() {
    return at;
  }

  /** Moves behind this byte, which must be the next that is no white space. */
  void take(char expected, String what) {
    if (peek(what) != expected) {
      throw new JsonFault(what + " expected", at);
    }
    at++;
  }

  /** Moves behind this byte if it is the next that is no white space. */
  boolean takeIf(char wanted) {
    skipWhitespace();
    if (at < text.length && text[at] == wanted) {
      at++;
      return true;
    }
    return false;
  }

  /** Returns the next byte that is no white space, and moves before it. */
  byte peek(String expected) {
    skipWhitespace();
    if (at >= text.length) {
      throw new JsonFault("the text ends where " + expected + " is expected", text.length);
    }
    return text[at];
  }

  /** Moves behind a name, and returns where its opening quote is. */
  int name() {
    if (peek("a name in double quotes") != '"') {
      throw new JsonFault("a name in double quotes expected", at);
    }
    int start = at;
    at = JsonStrings.skip(text, at);
    return start;
  }

  void end() {
    skipWhitespace();
    if (at < text.length) {
      throw new JsonFault("more text after the end", at);
    }
  }

  /** Moves behind a whole value, and returns where it begins. */
  int value() {
    byte first = peek("a value");
    int start = at;
    int outer = depth;
    scalarOrOpen(first);
    while (depth > outer) {
      if (isInObject() ? takeIf('}') : takeIf(']')) {
        depth--;
        isFirst = false;
      } else {
        element();
      }
    }
    return start;
  }

  /** The next member or element of what is open, the comma before it included. */
  private void element() {
    if (!isFirst) {
      take(
          ',',
          isInObject() ? "a comma or the end of the object" : "a comma or the end of the array");
    }
    if (isInObject()) {
      name();
      take(':', "a colon");
    }
    scalarOrOpen(peek("a value"));
  }

  private void scalarOrOpen(byte first) {
    isFirst = false;
    switch (first) {
      case '{' -> open(true);
      case '[' -> open(false);
      case '"' -> at = JsonStrings.skip(text, at);
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number();
    }
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
    isFirst = true;
  }

  private boolean isInObject() {
    int level = depth - 1;
    return (levels[level >> 6] & (1L << level)) != 0;
  }

  private void literal(String word) {
    for (int i = 0; i < word.length(); i++, at++) {
      if (at == text.length || text[at] != word.charAt(i)) {
        throw new JsonFault("a value expected", at);
      }
    }
  }

  private void number() {
    if (text[at] != '-' && !isDigit()) {
      throw new JsonFault("a value expected", at);
    }
    at += text[at] == '-' ? 1 : 0;
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
      at += at < text.length && (text[at] == '+' || text[at] == '-') ? 1 : 0;
      digits();
    }
  }

  private void digits() {
    if (!isDigit()) {
      throw new JsonFault("a digit expected", at);
    }
    while (isDigit()) {
      at++;
    }
  }

  private boolean isDigit() {
    return at < text.length && text[at] >= '0' && text[at] <= '9';
  }

  private void skipWhitespace() {
    while (at < text.length
        && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r')) {
      at++;
    }
  }
}
