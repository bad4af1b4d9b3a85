package botdb.it.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One line of the table, as it is printed.
 *
 * @param what was done
 * @param ours how long we took, or how much
 * @param contender who did the same
 * @param theirs what he took
 * @param ratio of the two, the way round in which the goal is given
 * @param goal of the ratio
 * @param met whether it is reached
 */
record Row(
    String what,
    String ours,
    String contender,
    String theirs,
    String ratio,
    String goal,
    String met) {
  static final String NOTHING = "–";
  static final Row HEAD = new Row("", "ours", "contender", "theirs", "ratio", "goal", "met");

  private static final double TOLERANCE = 1.25;

  Row {
    for (String cell : List.of(what, ours, contender, theirs, ratio, goal, met)) {
      if (cell.contains("|")) {
        throw new IllegalArgumentException("it would be two cells: " + cell);
      }
    }
  }

  static Row of(String what, Quantity ours, String contender, Quantity theirs, Goal goal) {
    double exact = goal.ratio(ours, theirs);
    // What is printed is what is judged: no "1.30, not met" where 1.3 is the goal.
    String ratio = String.format(Locale.ROOT, exact < 0.1 ? "%.3f" : "%.2f", exact);
    String met =
        goal.equals(Goal.NONE)
            ? NOTHING
            : goal.isMetBy(Double.parseDouble(ratio)) ? "yes" : "**no**";
    return new Row(
        what, ours.toString(), contender, theirs.toString(), ratio, goal.toString(), met);
  }

  /** A line for what could not be measured here. */
  static Row leftOut(String what, String contender, Goal goal, String why) {
    return new Row(what, NOTHING, contender, NOTHING, NOTHING, goal.toString(), "left out: " + why);
  }

  static Row ofCells(List<String> cells) {
    return new Row(
        cells.get(0),
        cells.get(1),
        cells.get(2),
        cells.get(3),
        cells.get(4),
        cells.get(5),
        cells.get(6));
  }

  List<String> cells() {
    return List.of(what, ours, contender, theirs, ratio, goal, met);
  }

  boolean isSameAs(Row other) {
    return what.equals(other.what) && contender.equals(other.contender);
  }

  /** Whether the ratio is worse by more than a quarter; the rest is noise. */
  boolean isWorseThan(Row before) {
    OptionalDouble now = number();
    OptionalDouble then = before.number();
    if (now.isEmpty() || then.isEmpty()) {
      return false;
    }
    return goal.startsWith("≥")
        ? now.getAsDouble() * TOLERANCE < then.getAsDouble()
        : now.getAsDouble() > then.getAsDouble() * TOLERANCE;
  }

  Row markedAsWorseThan(Row before) {
    String mark = met + ", **worse**: was " + before.ratio;
    return new Row(what, ours, contender, theirs, ratio, goal, mark);
  }

  private OptionalDouble number() {
    return ratio.equals(NOTHING)
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(ratio));
  }
}
