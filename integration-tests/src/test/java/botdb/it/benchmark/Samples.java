package botdb.it.benchmark;

import java.util.List;
import java.util.function.Function;

/** What one contender took, in each round. */
record Samples<T>(List<T> all) {

  /** Returns the one in the middle. */
  Quantity median(Function<T, Quantity> of) {
    List<Quantity> sorted = sorted(of);
    int half = sorted.size() / 2;
    if (sorted.size() % 2 == 1) {
      return sorted.get(half);
    }
    Quantity upper = sorted.get(half);
    return new Quantity((sorted.get(half - 1).value() + upper.value()) / 2, upper.unit());
  }

  Quantity largest(Function<T, Quantity> of) {
    List<Quantity> sorted = sorted(of);
    return sorted.get(sorted.size() - 1);
  }

  private List<Quantity> sorted(Function<T, Quantity> of) {
    return all.stream()
        .map(of)
        .sorted((one, other) -> Double.compare(one.value(), other.value()))
        .toList();
  }
}
