package botdb.it.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Things that are measured together and stand in one table. */
enum Group {
  START("A start with nothing to do", ColdStart::measure),
  WARM("The same inside a running program", WarmStart::measure),
  REWRITE("Migration 001", Rewriting::measure),
  APPEND("Appending and reading", Appending::measure),
  SERVER("Appending and reading on a server", ServerAppending::measure),
  CREATE("Many migrations", Creating::measure),
  CHAT("Users at once", Chatting::measure),
  COPY("A copy to a server and back", Copying::measure);

  private final String title;
  private final Measurement measurement;

  Group(String title, Measurement measurement) {
    this.title = title;
    this.measurement = measurement;
  }

  private interface Measurement {
    void take(Bench bench, Findings findings) throws Exception;
  }

  /** What a group found out. */
  record Findings(List<Row> rows, List<String> notes) {
    void add(Row row) {
      rows.add(row);
    }

    void note(String note) {
      notes.add(note);
    }
  }

  /** Returns where in a report a title stands; one that no group has, at its end. */
  static int position(String title) {
    return Arrays.stream(values())
        .filter(group -> group.title.equals(title))
        .mapToInt(Group::ordinal)
        .findFirst()
        .orElse(values().length);
  }

  String title() {
    return title;
  }

  Section measure(Bench bench, String circumstances) throws Exception {
    System.err.println(title);
    Findings findings = new Findings(new ArrayList<>(), new ArrayList<>());
    measurement.take(bench, findings);
    return new Section(title, bench.scale().title(), circumstances, findings.rows, findings.notes);
  }
}
