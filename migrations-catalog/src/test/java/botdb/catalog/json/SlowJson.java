package botdb.catalog.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON the slow and obvious way: by recursion over a string, after the grammar of RFC 8259. What
 * the scanner says is held against this.
 */
final class SlowJson {
  private final String text;
  private int at;

  private SlowJson(String text) {
    this.text = text;
  }

  /** An object of an array: where its last member ends, and the names of its members. */
  record Element(int start, int lastMemberEnd, List<String> names) {}

  /** The objects of the array that the bytes are; null if they are no array of objects. */
  static @Nullable List<Element> read(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new SlowJson(text).array();
    } catch (CharacterCodingException | Refused e) {
      return null;
    }
  }

  /** Adds the member where it is missing; null if the bytes are no array of objects. */
  static @Nullable String withTimestamps(byte[] bytes) {
    List<Element> elements = read(bytes);
    if (elements == null) {
      return null;
    }
    StringBuilder result = new StringBuilder(new String(bytes, StandardCharsets.UTF_8));
    for (int i = elements.size() - 1; i >= 0; i--) {
      Element element = elements.get(i);
      if (!element.names.contains("timestamp")) {
        String comma = element.names.isEmpty() ? "" : ", ";
        result.insert(element.lastMemberEnd, comma + "\"timestamp\": null");
      }
    }
    return result.toString();
  }

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private List<Element> array() {
    List<Element> elements = new ArrayList<>();
    space();
    take('[');
    space();
    if (peek() != ']') {
      do {
        space();
        elements.add(object());
        space();
      } while (tookComma());
    }
    take(']');
    space();
    if (at != text.length()) {
      throw new Refused();
    }
    return elements;
  }

  private Element object() {
    int start = at;
    List<String> names = new ArrayList<>();
    take('{');
    int end = at;
    space();
    if (peek() != '}') {
      do {
        space();
        names.add(string());
        space();
        take(':');
        space();
        value();
        end = at;
        space();
      } while (tookComma());
    }
    take('}');
    return new Element(start, end, names);
  }

  private void value() {
    switch (peek()) {
      case '{' -> object();
      case '[' -> {
        take('[');
        space();
        if (peek() != ']') {
          do {
            space();
            value();
            space();
          } while (tookComma());
        }
        take(']');
      }
      case '"' -> string();
      default -> word();
    }
  }

  private void word() {
    int start = at;
    while (at < text.length() && "-+.0123456789eEtrufalsn".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String word = text.substring(start, at);
    if (!word.matches("true|false|null|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      throw new Refused();
    }
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    take('"');
    while (peek() != '"') {
      char c = text.charAt(at++);
      if (c < ' ') {
        throw new Refused();
      }
      string.append(c == '\\' ? escape() : c);
    }
    take('"');
    return string.toString();
  }

  private char escape() {
    char c = peek();
    at++;
    int simple = "\"\\/bfnrt".indexOf(c);
    if (simple >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(simple);
    }
    if (c != 'u'
        || at + 4 > text.length()
        || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
      throw new Refused();
    }
    at += 4;
    return (char) Integer.parseInt(text.substring(at - 4, at), 16);
  }

  private boolean tookComma() {
    if (peek() == ',') {
      at++;
      return true;
    }
    return false;
  }

  private void take(char expected) {
    if (peek() != expected) {
      throw new Refused();
    }
    at++;
  }

  private char peek() {
    if (at >= text.length()) {
      throw new Refused();
    }
    return text.charAt(at);
  }

  private void space() {
    while (at < text.length() && " \n\t\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
