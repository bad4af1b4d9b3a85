package botdb.catalog.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Gives each object of an array a member as its last, unless it has one of that name; every other
 * byte stays. Done twice, it is the same as done once.
 */
public final class MemberAddition implements JsonChange {
  private final String name;
  private final byte[] member;

  /**
   * Makes the addition of a member.
   *
   * @param name the name of the member, in ASCII
   * @param json its value, as JSON in ASCII
   */
  public MemberAddition(String name, String json) {
    this.name = name;
    this.member = (JsonStrings.quote(name) + ": " + json).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public byte[] apply(byte[] cell, CellEncoding encoding) {
    byte[] text = encoding.scannable(cell);
    int[] places = new int[16];
    int count = 0;
    int bare = 0;
    JsonArrayScanner scanner = new JsonArrayScanner(text, name, JsonDialect.RFC_8259);
    while (scanner.next()) {
      if (!scanner.isNamed()) {
        if (count == places.length) {
          places = Arrays.copyOf(places, count * 2);
        }
        // Complemented where the object is empty and the member needs no comma before it.
        places[count++] = scanner.isEmpty() ? ~scanner.lastMemberEnd() : scanner.lastMemberEnd();
        bare += scanner.isEmpty() ? 1 : 0;
      }
    }
    return count == 0 ? cell : splice(cell, encoding, places, count, bare);
  }

  private byte[] splice(byte[] cell, CellEncoding encoding, int[] places, int count, int bare) {
    byte[] alone = encoding.encode(member);
    byte[] separator = encoding.encode(new byte[] {',', ' '});
    long length =
        cell.length + (long) count * alone.length + (long) (count - bare) * separator.length;
    byte[] result = new byte[Math.toIntExact(length)];
    int from = 0;
    int to = 0;
    for (int i = 0; i < count; i++) {
      int place = (places[i] < 0 ? ~places[i] : places[i]) * encoding.width();
      System.arraycopy(cell, from, result, to, place - from);
      to += place - from;
      from = place;
      if (places[i] >= 0) {
        System.arraycopy(separator, 0, result, to, separator.length);
        to += separator.length;
      }
      System.arraycopy(alone, 0, result, to, alone.length);
      to += alone.length;
    }
    System.arraycopy(cell, from, result, to, cell.length - from);
    return result;
  }
}
