package botdb.it.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The steps of a {@code Dockerfile}, in their order. */
record ImageFile(List<Step> steps) {

  /** A step: {@code RUN} and what follows it, continued lines joined. */
  record Step(String instruction, String rest) {}

  static ImageFile read(Path file) throws IOException {
    List<Step> steps = new ArrayList<>();
    String joined = Files.readString(file).replaceAll("(?m)^#.*\n", "").replace("\\\n", " ");
    for (String line : joined.lines().filter(line -> !line.isBlank()).toList()) {
      String[] words = line.strip().split(" ", 2);
      steps.add(new Step(words[0], words[1]));
    }
    return new ImageFile(steps);
  }

  /**
   * The steps from {@code FROM … AS name} to the next.
   *
   * @throws AssertionError if there is no such stage
   */
  ImageFile stage(String name) {
    List<Step> stage = new ArrayList<>();
    boolean inside = false;
    for (Step step : steps) {
      inside = step.instruction.equals("FROM") ? step.rest.endsWith(" AS " + name) : inside;
      if (inside) {
        stage.add(step);
      }
    }
    if (stage.isEmpty()) {
      throw new AssertionError("there is no stage " + name);
    }
    return new ImageFile(stage);
  }

  /** What follows the only step of a kind. */
  String only(String instruction) {
    List<String> found =
        steps.stream().filter(s -> s.instruction.equals(instruction)).map(Step::rest).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " steps " + instruction);
    }
    return found.get(0);
  }

  /** What follows the last step of a kind. */
  String last(String instruction) {
    return steps.stream()
        .filter(step -> step.instruction.equals(instruction))
        .map(Step::rest)
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }
}
