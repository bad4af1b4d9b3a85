package botdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The library of {@code src/test/c/failing_calls.c}, which makes calls on a database fail. */
record FailingCalls(Path library) {
  private static final Path SOURCE = Path.of("src/test/c/failing_calls.c");
  private static final long FOR_EVER = Long.MAX_VALUE;

  /** What is to fail, with which number of errno; 0 is a write of half the bytes. */
  record Fault(String call, int errno, Duration duration) {
    boolean isWrite() {
      return call.equals("write");
    }

    @Override
    public String toString() {
      return "%s with errno %d, %s".formatted(call, errno, duration);
    }
  }

  /** Whether what failed works the next time. */
  enum Duration {
    ONCE,
    FOR_EVER
  }

  /** Compiles it; leaves the tests out, loudly, where that cannot be done. */
  static FailingCalls compile(Path folder) throws IOException, InterruptedException {
    Path library = folder.resolve("failing_calls.so");
    Process compiler;
    try {
      compiler =
          new ProcessBuilder(
                  "gcc", "-shared", "-fPIC", "-Wall", "-o", library.toString(), SOURCE.toString())
              .inheritIO()
              .start();
    } catch (IOException e) {
      Rounds.report("LEFT OUT, there is no gcc: no call to the operating system was made to fail");
      Assumptions.abort("no gcc");
      throw e;
    }
    assertThat(compiler.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(compiler.exitValue()).isZero();
    return new FailingCalls(library);
  }

  /** The environment of a process in which the n-th such call fails. */
  Map<String, String> environment(Fault fault, long n, Path seen) {
    // The driver opens the database itself with O_CREAT, which on a file that is there cannot fail.
    String name = fault.call.equals("open") ? Specimen.NAME + "-" : Specimen.NAME;
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAULT_NAME", name,
        "FAULT_CALL", fault.call,
        "FAULT_AT", Long.toString(n),
        "FAULT_LAST", Long.toString(fault.duration == Duration.ONCE ? n : FOR_EVER),
        "FAULT_ERRNO", Integer.toString(fault.errno),
        "FAULT_SEEN", seen.toString());
  }

  /** Whether a process came as far as the call that was to fail. */
  static boolean wasReached(Path seen) {
    return Files.exists(seen);
  }
}
