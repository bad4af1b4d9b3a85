package botdb.bot.output;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes.
 *
 * @param results what was asked for, and nothing else
 * @param notes everything else: log, progress, errors
 */
public record Output(PrintStream results, PrintStream notes) {

  /**
   * Returns the standard streams of the process in UTF-8.
   *
   * <p>A container without a locale would turn every letter beyond ASCII into a question mark. What
   * others print to standard error goes the same way.
   */
  public static Output standard() {
    PrintStream notes = stream(FileDescriptor.err);
    System.setErr(notes);
    return new Output(stream(FileDescriptor.out), notes);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
  }
}
