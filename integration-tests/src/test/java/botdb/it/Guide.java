package botdb.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The guide to migrations as a list of what is to be done.
 *
 * <p>A comment before a block of code says what it is: {@code writes: FILE}, {@code replaces in
 * FILE: WHAT}, or {@code in: FILE} for what stands there already. Files are named from the module.
 */
final class Guide {
  private static final Pattern COMMENT =
      Pattern.compile("<!-- (\\w[\\w ]*?)(?: (\\S+))?: (.*) -->");

  private Guide() {}

  /** Something that the guide says. */
  sealed interface Step {}

  /** A command, and what it prints. */
  record Command(String text, String expected) implements Step {}

  /** The whole of a file. */
  record Writing(String file, String text) implements Step {}

  /** A piece of a file that takes the place of another. */
  record Replacement(String file, String old, String text) implements Step {}

  /** A piece of a file as it is. */
  record Quotation(String file, String text) implements Step {}

  /** A piece that is neither run nor compiled: an example of data, or a tree of files. */
  record Example(String text) implements Step {}

  static List<Step> steps(Path guide) throws IOException {
    List<Step> steps = new ArrayList<>();
    List<String> lines = Files.readAllLines(guide);
    String comment = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("<!-- ")) {
        comment = line;
      } else if (line.startsWith("```")) {
        int end = lines.subList(i + 1, lines.size()).indexOf("```") + i + 1;
        List<String> block = lines.subList(i + 1, end);
        if (line.equals("```console")) {
          steps.addAll(commands(block));
        } else {
          steps.add(code(line, comment, String.join("\n", block)));
        }
        comment = "";
        i = end;
      }
    }
    return steps;
  }

  private static List<Command> commands(List<String> block) {
    List<Command> commands = new ArrayList<>();
    for (String line : block) {
      if (line.startsWith("$ ")) {
        commands.add(new Command(line.substring(2), ""));
      } else {
        Command last = commands.remove(commands.size() - 1);
        commands.add(new Command(last.text, last.expected + line + "\n"));
      }
    }
    return commands;
  }

  private static Step code(String fence, String comment, String text) {
    Matcher matcher = COMMENT.matcher(comment);
    if (!matcher.matches()) {
      if (fence.equals("```") || fence.equals("```json")) {
        return new Example(text);
      }
      throw new IllegalArgumentException("nothing says what this is:\n" + text);
    }
    return switch (matcher.group(1)) {
      case "writes" -> new Writing(matcher.group(3), text + "\n");
      case "in" -> new Quotation(matcher.group(3), text);
      case "replaces in" -> new Replacement(matcher.group(2), matcher.group(3), text.strip());
      default -> throw new IllegalArgumentException(comment);
    };
  }
}
