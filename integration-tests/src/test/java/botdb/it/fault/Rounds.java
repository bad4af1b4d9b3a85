package botdb.it.fault;

/** How many faults a test tries: a few in every build, many in the profile {@code faults}. */
final class Rounds {
  private Rounds() {}

  static boolean areMany() {
    return Boolean.getBoolean("faults.many");
  }

  static int of(int few, int many) {
    return areMany() ? many : few;
  }

  /** Says what was tried and what came of it, for the log of the build. */
  static void report(String line) {
    System.out.println("faults: " + line);
  }
}
