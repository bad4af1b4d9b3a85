package botdb.migrations;

/** Whether bytes are text that every database here can hold. */
final class CopiedText {
  private CopiedText() {}

  /** What is wrong with bytes that should be UTF-8 without U+0000; empty if nothing. */
  static String fault(byte[] utf8) {
    int at = 0;
    while (at < utf8.length) {
      byte b = utf8[at];
      if (b > 0) {
        at++;
      } else if (b == 0) {
        return "text with U+0000 in it";
      } else {
        int length = lengthOfCharacter(utf8, at);
        if (length == 0) {
          return "text that is not UTF-8";
        }
        at += length;
      }
    }
    return "";
  }

  /** As the table of RFC 3629, section 4, has it; 0 if it is none. */
  private static int lengthOfCharacter(byte[] utf8, int at) {
    int first = utf8[at] & 0xff;
    int second = at + 1 < utf8.length ? utf8[at + 1] & 0xff : 0;
    int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (first < 0xc2 || first > 0xf4 || second < low || second > high) {
      return 0;
    }
    int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    for (int i = at + 2; i < at + length; i++) {
      if (i >= utf8.length || (utf8[i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }
}
