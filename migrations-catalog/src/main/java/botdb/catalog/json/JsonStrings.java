package botdb.catalog.json;

/** Strings of JSON: RFC 8259, section 7, in UTF-8 as RFC 3629 defines it. */
public final class JsonStrings {
  private JsonStrings() {}

  /**
   * Returns a string as JSON writes it, in quotes.
   *
   * <p>Half of a surrogate pair is escaped, since UTF-8 has no bytes for it.
   */
  public static String quote(String value) {
    StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c == '\n') {
        quoted.append("\\n");
      } else if (c < ' ' || isLoneSurrogate(value, i)) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static boolean isLoneSurrogate(String value, int i) {
    char c = value.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
  }

  /**
   * Returns the offset after the string that begins at an opening quote.
   *
   * @throws JsonFault if the string does not end, or holds what must not stand in one
   */
  static int skip(byte[] text, int quote) {
    int at = quote + 1;
    while (true) {
      at = PlainText.skip(text, at);
      if (at == text.length) {
        throw new JsonFault("the text ends inside a string", text.length);
      }
      byte b = text[at];
      if (b == '"') {
        return at + 1;
      }
      if (b == '\\') {
        do {
          at = skipEscape(text, at);
        } while (at < text.length && text[at] == '\\');
      } else if (b < 0) {
        at = skipMultibyte(text, at);
      } else if (b < ' ') {
        throw new JsonFault("a control character inside a string", at);
      } else {
        at++;
      }
    }
  }

  private static int skipEscape(byte[] text, int backslash) {
    int at = backslash + 1;
    if (at == text.length) {
      throw new JsonFault("the text ends inside a string", text.length);
    }
    if (text[at] == 'u') {
      checkDigits(text, backslash);
      return at + 5;
    }
    return switch (text[at]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 1;
      default -> throw new JsonFault("an escape that JSON does not have", backslash);
    };
  }

  private static void checkDigits(byte[] text, int backslash) {
    for (int i = backslash + 2; i < backslash + 6; i++) {
      if (i >= text.length) {
        throw new JsonFault("the text ends inside a string", text.length);
      }
      if (hex(text[i]) < 0) {
        throw new JsonFault("an escape without four hexadecimal digits", backslash);
      }
    }
  }

  /** The table of well-formed sequences, RFC 3629, section 4. */
  private static int skipMultibyte(byte[] text, int lead) {
    int first = text[lead] & 0xff;
    int low = 0x80;
    int high = 0xBF;
    int more;
    if (first >= 0xC2 && first <= 0xDF) {
      more = 1;
    } else if (first >= 0xE0 && first <= 0xEF) {
      more = 2;
      low = first == 0xE0 ? 0xA0 : low;
      high = first == 0xED ? 0x9F : high;
    } else if (first >= 0xF0 && first <= 0xF4) {
      more = 3;
      low = first == 0xF0 ? 0x90 : low;
      high = first == 0xF4 ? 0x8F : high;
    } else {
      throw new JsonFault("bytes that are not UTF-8", lead);
    }
    for (int i = 1; i <= more; i++) {
      int next = lead + i < text.length ? text[lead + i] & 0xff : 0;
      if (next < low || next > high) {
        throw new JsonFault("bytes that are not UTF-8", lead);
      }
      low = 0x80;
      high = 0xBF;
    }
    return lead + more + 1;
  }

  /** Whether what stands between the quotes means these ASCII characters, escapes read. */
  static boolean equals(byte[] text, int from, int to, byte[] ascii) {
    if (to - from < ascii.length) {
      return false;
    }
    int at = from;
    for (byte expected : ascii) {
      if (at >= to) {
        return false;
      }
      int c = text[at];
      if (c == '\\') {
        c = text[at + 1] == 'u' ? codeUnit(text, at + 2) : unescape(text[at + 1]);
        at += text[at + 1] == 'u' ? 6 : 2;
      } else {
        at++;
      }
      if (c != expected) {
        return false;
      }
    }
    return at == to;
  }

  private static int codeUnit(byte[] text, int from) {
    int unit = 0;
    for (int i = from; i < from + 4; i++) {
      unit = unit << 4 | hex(text[i]);
    }
    return unit;
  }

  private static int unescape(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }

  /** The value of a hexadecimal digit; negative for what is none. */
  private static int hex(byte digit) {
    if (digit >= '0' && digit <= '9') {
      return digit - '0';
    }
    int letter = digit | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }
}
