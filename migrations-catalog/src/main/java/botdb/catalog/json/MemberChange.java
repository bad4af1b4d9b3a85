package botdb.catalog.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A change of members that objects have, where a path finds them. */
public final class MemberChange implements JsonChange {
  private final JsonPath path;
  private final Edit edit;

  private MemberChange(JsonPath path, Edit edit) {
    this.path = path;
    this.edit = edit;
  }

  static MemberChange of(Edit edit) {
    return new MemberChange(JsonPath.elements(), edit);
  }

  /** Returns the same change of the objects that another path finds. */
  public MemberChange at(JsonPath other) {
    return new MemberChange(other, edit);
  }

  @Override
  public byte[] apply(byte[] cell, CellEncoding encoding) {
    byte[] text = encoding.scannable(cell);
    Splices splices = new Splices(cell, text, encoding);
    JsonCursor cursor = new JsonCursor(text);
    walk(cursor, 0, splices);
    cursor.end();
    return splices.result();
  }

  /** Follows the path; off the path, values are passed over, which checks them too. */
  private void walk(JsonCursor cursor, int depth, Splices splices) {
    if (depth == path.steps().size()) {
      object(cursor, splices, depth);
      return;
    }
    String member = path.steps().get(depth).member();
    byte expected = (byte) (member == null ? '[' : '{');
    if (cursor.peek("a value") != expected) {
      refuseAtTop(depth, cursor, member == null ? "not a JSON array" : "not a JSON object");
      cursor.value();
    } else if (member == null) {
      array(cursor, depth, splices);
    } else {
      members(cursor, splices, name -> splices.isNamed(name, member), depth);
    }
  }

  /** What is not of the form of the path is a fault at the top, and deeper simply not meant. */
  private static void refuseAtTop(int depth, JsonCursor cursor, String fact) {
    if (depth == 0) {
      throw new JsonFault(fact, cursor.at());
    }
  }

  private void array(JsonCursor cursor, int depth, Splices splices) {
    cursor.take('[', "an array");
    if (cursor.takeIf(']')) {
      return;
    }
    int element = 0;
    do {
      element++;
      boolean isLast = depth + 1 == path.steps().size();
      if (depth == 0 && isLast && cursor.peek("an object") != '{') {
        throw new JsonFault("element %d is not an object".formatted(element), cursor.at());
      }
      walk(cursor, depth + 1, splices);
    } while (cursor.takeIf(','));
    cursor.take(']', "a comma or the end of the array");
  }

  private void object(JsonCursor cursor, Splices splices, int depth) {
    if (cursor.peek("a value") != '{') {
      refuseAtTop(depth, cursor, "not a JSON object");
      cursor.value();
      return;
    }
    edit.apply(members(cursor, splices, name -> false, depth), splices);
  }

  private interface Wanted {
    boolean is(int name);
  }

  private List<Member> members(JsonCursor cursor, Splices splices, Wanted onPath, int depth) {
    List<Member> members = new ArrayList<>();
    cursor.take('{', "an object");
    if (cursor.takeIf('}')) {
      return members;
    }
    do {
      int name = cursor.name();
      int nameEnd = cursor.at();
      cursor.take(':', "a colon");
      cursor.peek("a value");
      int value = cursor.at();
      if (onPath.is(name)) {
        walk(cursor, depth + 1, splices);
      } else {
        cursor.value();
      }
      members.add(new Member(name, nameEnd, value, cursor.at()));
    } while (cursor.takeIf(','));
    cursor.take('}', "a comma or the end of the object");
    return members;
  }

  /** A member of an object by offsets: its name with the quotes, and its value. */
  record Member(int start, int nameEnd, int value, int end) {}

  /** What becomes of the members of one object. */
  sealed interface Edit {
    void apply(List<Member> members, Splices splices);
  }

  record Rename(String name, String to) implements Edit {
    @Override
    public void apply(List<Member> members, Splices splices) {
      boolean taken = members.stream().anyMatch(member -> splices.isNamed(member.start, to));
      for (Member member : members) {
        if (splices.isNamed(member.start, name)) {
          if (taken) {
            throw new JsonFault("a member that is to be renamed where the other is", member.start);
          }
          splices.replace(member.start, member.nameEnd, JsonStrings.quote(to));
        }
      }
    }
  }

  record Remove(String name) implements Edit {
    @Override
    public void apply(List<Member> members, Splices splices) {
      int keptEnd = -1;
      for (int i = 0; i < members.size(); i++) {
        Member member = members.get(i);
        if (!splices.isNamed(member.start, name)) {
          keptEnd = member.end;
        } else if (keptEnd >= 0) {
          splices.replace(members.get(i - 1).end, member.end, "");
        } else {
          int next = i + 1 < members.size() ? members.get(i + 1).start : member.end;
          splices.replace(member.start, next, "");
        }
      }
    }
  }

  record Transform(String name, UnaryOperator<String> change) implements Edit {
    @Override
    public void apply(List<Member> members, Splices splices) {
      for (Member member : members) {
        if (splices.isNamed(member.start, name)) {
          String before = splices.text(member.value, member.end);
          String after = change.apply(before);
          if (!after.equals(before)) {
            check(after);
            splices.replace(member.value, member.end, after);
          }
        }
      }
    }

    private static void check(String json) {
      try {
        JsonCursor cursor = new JsonCursor(json.getBytes(StandardCharsets.UTF_8));
        cursor.value();
        cursor.end();
      } catch (JsonFault e) {
        throw new IllegalArgumentException("a transformed value is no JSON", e);
      }
    }
  }
}
