package botdb.it.benchmark;

/** How a quantity of ours should stand to that of a contender. */
record Goal(Direction direction, double limit) {

  /** Nothing is asked for; the ratio is for the reader. */
  static final Goal NONE = new Goal(Direction.ANY, 0);

  enum Direction {
    ANY,
    AT_MOST,
    AT_LEAST
  }

  /** Ours may be this many times the contender's. */
  static Goal atMost(double times) {
    return new Goal(Direction.AT_MOST, times);
  }

  /** Ours must be this many times as fast as the contender. */
  static Goal timesAsFast(double times) {
    return new Goal(Direction.AT_LEAST, times);
  }

  double ratio(Quantity ours, Quantity theirs) {
    return direction == Direction.AT_LEAST ? theirs.dividedBy(ours) : ours.dividedBy(theirs);
  }

  boolean isMetBy(double ratio) {
    return direction == Direction.AT_LEAST ? ratio >= limit : ratio <= limit;
  }

  @Override
  public String toString() {
    return switch (direction) {
      case ANY -> Row.NOTHING;
      case AT_MOST -> "≤ " + limit;
      case AT_LEAST -> "≥ " + limit;
    };
  }
}
