package botdb.catalog.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where in a JSON text the objects are that are meant.
 *
 * <pre>{@code
 * JsonPath.elements()                       // each message of a history
 * JsonPath.elements().eachOf("tool_calls")  // each call in each message that has some
 * JsonPath.root()                           // the text is the object
 * }</pre>
 *
 * @param steps from the outermost inwards
 */
public record JsonPath(List<Step> steps) {

  /** Copies the steps. */
  public JsonPath {
    steps = List.copyOf(steps);
  }

  /**
   * One step inwards.
   *
   * @param member the name of the member to go into; null for every element of an array
   */
  public record Step(@Nullable String member) {}

  /** Returns the path of the whole text. */
  public static JsonPath root() {
    return new JsonPath(List.of());
  }

  /** Returns the path of each element of a text that is an array. */
  public static JsonPath elements() {
    return root().then(new Step(null));
  }

  /** Returns the path of a member of what this path means. */
  public JsonPath member(String name) {
    return then(new Step(name));
  }

  /** Returns the path of each element of what this path means. */
  public JsonPath eachOf(String member) {
    return member(member).then(new Step(null));
  }

  private JsonPath then(Step step) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(step);
    return new JsonPath(longer);
  }
}
