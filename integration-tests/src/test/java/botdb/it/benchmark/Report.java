package botdb.it.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All sections, as they stand in {@code benchmark.md} and in the README. */
record Report(List<Section> sections) {

  /** Reads a report as {@link #markdown()} writes it. */
  static Report parse(String markdown) {
    return new Report(
        Arrays.stream(markdown.split("(?m)^(?=### )"))
            .filter(text -> !text.isBlank())
            .map(Section::parse)
            .toList());
  }

  String markdown() {
    return sections.stream().map(Section::markdown).collect(Collectors.joining("\n"));
  }

  Optional<Section> section(String title) {
    return sections.stream().filter(section -> section.title().equals(title)).findFirst();
  }

  /** Returns this report with a mark at each row that is worse than it was. */
  Report comparedWith(Report before) {
    return new Report(
        sections.stream()
            .map(now -> before.section(now.title()).map(now::comparedWith).orElse(now))
            .toList());
  }

  /**
   * Returns this report with newer sections in the place of those of their title; what was measured
   * at full scale is not replaced by less.
   */
  Report updatedWith(Report newer) {
    List<Section> updated = new ArrayList<>();
    for (Section section : sections) {
      updated.add(
          newer.section(section.title()).filter(s -> mayReplace(s, section)).orElse(section));
    }
    newer.sections.stream().filter(s -> section(s.title()).isEmpty()).forEach(updated::add);
    updated.sort(Comparator.comparingInt(section -> Group.position(section.title())));
    return new Report(List.copyOf(updated));
  }

  private static boolean mayReplace(Section newer, Section older) {
    return Scale.FULL.title().equals(newer.scale()) || newer.scale().equals(older.scale());
  }
}
