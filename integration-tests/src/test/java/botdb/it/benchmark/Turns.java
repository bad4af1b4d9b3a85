package botdb.it.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Contenders who take turns: A B C A B C, so that a machine that is slower for a while is so for
 * all.
 */
final class Turns<T> {
  private final Map<String, Contender<T>> contenders = new LinkedHashMap<>();

  /** Does once what is measured. */
  interface Contender<T> {
    T run() throws Exception;
  }

  Turns<T> with(String name, Contender<T> contender) {
    contenders.put(name, contender);
    return this;
  }

  boolean has(String name) {
    return contenders.containsKey(name);
  }

  /** Plays a round that does not count, then the others. */
  Map<String, Samples<T>> playAfterWarmUp(int rounds) throws Exception {
    System.err.println("  warm-up");
    for (Map.Entry<String, Contender<T>> contender : contenders.entrySet()) {
      System.err.println("    " + contender.getKey() + ": " + contender.getValue().run());
    }
    return play(rounds);
  }

  Map<String, Samples<T>> play(int rounds) throws Exception {
    Map<String, Samples<T>> samples = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      System.err.println("  round " + round + " of " + rounds);
      for (Map.Entry<String, Contender<T>> contender : contenders.entrySet()) {
        T sample = contender.getValue().run();
        System.err.println("    " + contender.getKey() + ": " + sample);
        samples
            .computeIfAbsent(contender.getKey(), name -> new Samples<>(new ArrayList<>()))
            .all()
            .add(sample);
      }
    }
    return samples;
  }
}
