package botdb.catalog.json;

import java.util.function.UnaryOperator;

/**
 * What becomes of the objects in a JSON text; every byte that is not meant stays as it is.
 *
 * <p>A change is of the elements of an array, unless it says with {@link MemberChange#at} where
 * else. An object that does not have the member stays as it is, so that a change may be made twice.
 *
 * <pre>{@code
 * JsonChange.add("timestamp", "null")
 * JsonChange.rename("author", "name").at(JsonPath.elements().member("meta"))
 * }</pre>
 */
public sealed interface JsonChange permits MemberAddition, MemberChange {

  /**
   * Returns a text in UTF-8 with the change; the same array if there is nothing to change.
   *
   * @throws JsonFault if the text is not JSON, or not of the form that the path says
   */
  default byte[] apply(byte[] text) {
    return apply(text, CellEncoding.UTF_8);
  }

  /**
   * Returns the text of a cell with the change; the same array if there is nothing to change.
   *
   * @throws JsonFault if the text is not JSON, or not of the form that the path says
   */
  byte[] apply(byte[] cell, CellEncoding encoding);

  /** Gives each element of an array a member as its last, unless it has one of that name. */
  static MemberAddition add(String name, String json) {
    return new MemberAddition(name, json);
  }

  /** Renames a member; an object that has both names is a fault. */
  static MemberChange rename(String name, String to) {
    return MemberChange.of(new MemberChange.Rename(name, to));
  }

  /** Takes a member away, with the comma that parted it from the others. */
  static MemberChange remove(String name) {
    return MemberChange.of(new MemberChange.Remove(name));
  }

  /**
   * Gives a member another value.
   *
   * @param value takes the JSON of the old value and returns that of the new one; for the JSON of
   *     its own result it should return the same, so that the change may be made twice
   */
  static MemberChange transform(String name, UnaryOperator<String> value) {
    return MemberChange.of(new MemberChange.Transform(name, value));
  }
}
