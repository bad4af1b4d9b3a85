package botdb.catalog.json;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Histories as nobody would write them, the same for the same seed. */
final class RandomJson {
  private static final String[] NAMES = {
    "role",
    "content",
    "timestamp",
    "time\\u0073tamp",
    "\\u0074imestamp",
    "timestamps",
    "TIMESTAMP",
    "timestam",
    "",
    "имя",
    "\\\"timestamp",
    "tool_calls",
    "a\\/b"
  };
  private static final String[] SCALARS = {
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-0.0",
    "1E400",
    "1.0",
    "123456789012345678901234567890",
    "0.1e-7",
    "\"\"",
    "\"timestamp\"",
    "\"}],{[\"",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
    "\"\\ud83d\"",
    "\"эмодзи 👩‍👩‍👧 \"",
    "\"\\u041f\"",
    "\"\u007f\u2028\""
  };
  private static final String[] SPACES = {"", "", "", " ", "\n", "\t", "\r\n", "  \n\t "};

  private final Random random;
  private final StringBuilder text = new StringBuilder();

  private RandomJson(long seed) {
    this.random = new Random(seed);
  }

  /** An array of objects. */
  static byte[] history(long seed) {
    RandomJson json = new RandomJson(seed);
    json.array(json.random.nextInt(6), true, 0);
    return json.text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What is mostly one, with a few bytes changed, lost or added. */
  static byte[] damaged(long seed) {
    Random random = new Random(~seed);
    byte[] bytes = history(seed);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int place = random.nextInt(bytes.length);
      byte[] changed = new byte[bytes.length + random.nextInt(3) - 1];
      System.arraycopy(bytes, 0, changed, 0, Math.min(place, changed.length));
      int tail = Math.min(bytes.length, changed.length) - place;
      if (tail > 0) {
        System.arraycopy(bytes, bytes.length - tail, changed, changed.length - tail, tail);
      }
      if (place < changed.length) {
        byte[] likely = {'"', '\\', '{', '}', '[', ']', ',', ':', '0', 'u', ' ', '\n', 0, -1, -64};
        changed[place] =
            random.nextBoolean() ? likely[random.nextInt(likely.length)] : (byte) random.nextInt();
      }
      bytes = changed.length == 0 ? new byte[] {'['} : changed;
    }
    return bytes;
  }

  /** Bytes of every kind: of any value, or of those that JSON and UTF-8 are made of. */
  static byte[] bytes(long seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    byte[] bytes = new byte[random.nextInt(24)];
    random.nextBytes(bytes);
    if (random.nextInt(4) > 0) {
      String alphabet =
          random.nextBoolean() ? "[]{}\":, 1a" : "[]{}\"\\u00e9\u00c3\u00a9\u00f0\u009f";
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) alphabet.charAt(Math.floorMod(bytes[i], alphabet.length()));
      }
    }
    return bytes;
  }

  private void array(int size, boolean ofObjects, int depth) {
    space();
    text.append('[');
    for (int i = 0; i < size; i++) {
      text.append(i == 0 ? "" : ",");
      if (ofObjects) {
        object(depth);
      } else {
        value(depth);
      }
    }
    space();
    text.append(']');
    space();
  }

  private void object(int depth) {
    space();
    text.append('{');
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      text.append(i == 0 ? "" : ",");
      space();
      text.append('"').append(NAMES[random.nextInt(NAMES.length)]).append('"');
      space();
      text.append(':');
      value(depth);
    }
    space();
    text.append('}');
    space();
  }

  private void value(int depth) {
    space();
    int kind = random.nextInt(depth > 4 ? 1 : 4);
    if (kind == 3) {
      array(random.nextInt(4), false, depth + 1);
    } else if (kind == 2) {
      object(depth + 1);
    } else {
      text.append(SCALARS[random.nextInt(SCALARS.length)]);
    }
    space();
  }

  private void space() {
    text.append(SPACES[random.nextInt(SPACES.length)]);
  }
}
