package botdb.bot.command;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.bot.output.Output;
import botdb.bot.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTests {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void of_the_program_names_every_command() throws IOException {
    assertThat(run("--help")).isEqualTo(golden("bot"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "migrate",
        "status",
        "rehearse",
        "verify",
        "backup",
        "backups",
        "restore",
        "copy",
        "forget",
        "history",
        "set-aside",
        "set-aside list",
        "set-aside export",
        "set-aside put-back"
      })
  void of_a_command_names_its_arguments(String command) throws IOException {
    assertThat(run((command + " --help").split(" "))).isEqualTo(golden(command.replace(' ', '-')));
  }

  private String run(String... args) {
    Output output =
        new Output(new PrintStream(out, false, StandardCharsets.UTF_8), new PrintStream(out));
    assertThat(new BotCommandLine(output, Settings.of(folder, Map.of())).run(args)).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = HelpTests.class.getResourceAsStream("help/" + name + ".txt")) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
