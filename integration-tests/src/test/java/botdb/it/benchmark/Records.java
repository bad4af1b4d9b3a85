package botdb.it.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What was measured before: {@code benchmark.md} as it stands in the folder and as it was
 * committed, and the copy of it in the README.
 */
record Records(Path root) {
  static final String BEGIN = "<!-- what the benchmark measured; it writes this itself -->\n";
  static final String END = "<!-- end of what the benchmark measured -->\n";

  private static final String FILE = "integration-tests/benchmark.md";

  static Records in(Path root) {
    return new Records(root);
  }

  Report current() throws IOException {
    Path file = root.resolve(FILE);
    return Report.parse(Files.exists(file) ? Files.readString(file) : "");
  }

  /** Returns what the last commit holds; without one, or without git, what the folder holds. */
  Report committed() throws IOException, InterruptedException {
    if (!Files.exists(root.resolve(".git"))) {
      return current();
    }
    Process git =
        new ProcessBuilder("git", "show", "HEAD:" + FILE)
            .directory(root.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return git.waitFor() == 0 ? Report.parse(text) : current();
  }

  /** Writes a report into {@code benchmark.md} and into the README. */
  void write(Report report) throws IOException {
    Files.writeString(root.resolve(FILE), report.markdown());
    Path readme = root.resolve("README.md");
    String text = Files.readString(readme);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    Files.writeString(
        readme, text.substring(0, begin) + "\n" + report.markdown() + "\n" + text.substring(end));
  }

  /** Returns what the README shows. */
  String shown() throws IOException {
    String text = Files.readString(root.resolve("README.md"));
    return text.substring(text.indexOf(BEGIN) + BEGIN.length(), text.indexOf(END)).strip();
  }
}
