package botdb.it.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsTests {
  private static final Records OURS = Records.in(Path.of(".."));

  @TempDir private Path folder;

  @Test
  void the_readme_shows_what_was_measured_and_nothing_else() throws Exception {
    assertThat(OURS.shown()).isEqualTo(OURS.current().markdown().strip());
  }

  @Test
  void every_group_was_measured() throws Exception {
    assertThat(OURS.current().sections())
        .map(Section::title)
        .containsExactlyElementsOf(Arrays.stream(Group.values()).map(Group::title).toList());
  }

  @Test
  void a_report_is_written_into_both_and_the_rest_of_the_readme_stays() throws Exception {
    Files.createDirectory(folder.resolve("integration-tests"));
    Path readme = folder.resolve("README.md");
    Files.writeString(readme, "before\n" + Records.BEGIN + "old\n" + Records.END + "after\n");
    Records records = Records.in(folder);
    Row row = Row.leftOut("start", "Flyway", Goal.NONE, "not installed");
    Report report =
        new Report(List.of(new Section("Start", "Small", "2025", List.of(row), List.of())));

    records.write(report);

    assertThat(records.current()).isEqualTo(report);
    assertThat(records.committed()).isEqualTo(report);
    assertThat(records.shown()).isEqualTo(report.markdown().strip());
    assertThat(readme)
        .content()
        .startsWith("before\n" + Records.BEGIN)
        .endsWith(Records.END + "after\n")
        .doesNotContain("old");
  }

  @Test
  void what_is_committed_counts_and_not_what_a_later_run_wrote() throws Exception {
    Files.createDirectory(folder.resolve("integration-tests"));
    Files.writeString(folder.resolve("README.md"), Records.BEGIN + Records.END);
    Records records = Records.in(folder);
    Report first = new Report(List.of(section("first")));
    records.write(first);
    git("init", "--quiet");
    assertThat(records.committed()).isEqualTo(first);
    git("add", ".");
    git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "first");

    records.write(new Report(List.of(section("second"))));

    assertThat(records.committed()).isEqualTo(first);
  }

  private static Section section(String note) {
    return new Section("Start", "Small", "2025", List.of(), List.of(note));
  }

  private void git(String... arguments) throws Exception {
    Program.of(List.of("git"), arguments).run(folder);
  }
}
