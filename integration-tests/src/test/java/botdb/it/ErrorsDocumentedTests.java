package botdb.it;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.migrations.MigrationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Whoever meets an error finds it in the README, with what to do. */
class ErrorsDocumentedTests {

  @Test
  void every_kind_of_error_has_its_section() throws Exception {
    String readme = Files.readString(Path.of("../README.md"), StandardCharsets.UTF_8);
    assertThat(MigrationException.class.getPermittedSubclasses())
        .hasSizeGreaterThan(10)
        .allSatisfy(kind -> assertThat(readme).contains("\n### `" + code(kind) + "`\n"));
    long sections = readme.lines().filter(line -> line.startsWith("### `")).count();
    assertThat(sections).isEqualTo(MigrationException.class.getPermittedSubclasses().length);
  }

  /** The code is the name of the class in words; a test of core compares the two. */
  private static String code(Class<?> kind) {
    return String.join("-", Arrays.asList(kind.getSimpleName().split("(?=[A-Z])")))
        .toLowerCase(Locale.ROOT);
  }
}
