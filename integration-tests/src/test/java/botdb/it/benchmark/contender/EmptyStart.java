package botdb.it.benchmark.contender;

/** Does nothing: what a virtual machine costs. */
public final class EmptyStart {
  private EmptyStart() {}

  /** Ends at once. */
  public static void main(String[] arguments) {}
}
