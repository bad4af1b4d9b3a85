package botdb.it.fault;

/** How many faults a test tries: a few in every build, many in the profile {@code faults}. */
public final class Rounds {
  private Rounds() {}

  /** Returns whether this is the profile {@code faults}. */
  public static boolean areMany() {
    return Boolean.getBoolean("faults.many");
  }

  /** Returns one of two numbers of faults. */
  public static int of(int few, int many) {
    return areMany() ? many : few;
  }

  /** Says what was tried and what came of it, for the log of the build. */
  public static void report(String line) {
    System.out.println("faults: " + line);
  }
}
