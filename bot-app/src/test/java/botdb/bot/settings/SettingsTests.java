package botdb.bot.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.bot.output.BotException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTests {
  @TempDir Path folder;

  @Test
  void have_defaults() {
    Settings settings = Settings.of(folder, Map.of());

    assertThat(settings.database()).isEqualTo("users.db");
    assertThat(settings.host()).isEqualTo("127.0.0.1");
    assertThat(settings.port()).isEqualTo(8080);
    assertThat(settings.timezone()).isEqualTo(ZoneId.of("UTC"));
  }

  @Test
  void come_from_the_file_and_the_environment_wins() throws IOException {
    Files.writeString(folder.resolve(".env"), "BOT_HOST=::1\nBOT_DATABASE=file.db\n");
    Settings settings = Settings.of(folder, Map.of("BOT_DATABASE", "environment.db"));

    assertThat(settings.host()).isEqualTo("::1");
    assertThat(settings.database()).isEqualTo("environment.db");
  }

  @Test
  void set_to_nothing_count_as_not_set() {
    assertThat(Settings.of(folder, Map.of("BOT_PORT", " ")).port()).isEqualTo(8080);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536", "http", "80 80", "99999999999"})
  void a_port_that_is_none_is_named_but_not_shown(String port) {
    assertThatThrownBy(() -> Settings.of(folder, Map.of("BOT_PORT", port)).port())
        .isInstanceOf(BotException.class)
        .hasMessage(
            "the setting BOT_PORT is not a port\n"
                + "  to do     set BOT_PORT to a number from 0 to 65535 (0 takes any free one), or"
                + " leave it out for 8080");
  }

  @Test
  void a_zone_that_does_not_exist_is_named() {
    assertThatThrownBy(() -> Settings.of(folder, Map.of("BOT_TIMEZONE", "Mars/Base")).timezone())
        .isInstanceOf(BotException.class)
        .hasMessageStartingWith("the setting BOT_TIMEZONE is not a time zone\n  to do     set ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void an_address_that_others_can_reach_needs_a_password(String host) {
    assertThatThrownBy(() -> Settings.of(folder, Map.of("BOT_HOST", host)).web())
        .isInstanceOf(BotException.class)
        .hasMessageStartingWith("the setting BOT_WEB_PASSWORD is missing: at " + host)
        .hasMessageContaining("\n  to do     set BOT_WEB_PASSWORD ");
    Map<String, String> safe = Map.of("BOT_HOST", host, "BOT_WEB_PASSWORD", "sesame");
    assertThat(Settings.of(folder, safe).web().password()).isEqualTo("sesame");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "localhost", "127.0.0.9"})
  void this_machine_alone_needs_none(String host) {
    assertThat(Settings.of(folder, Map.of("BOT_HOST", host)).web().isLocal()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bot.example.org",
        "ftp://bot",
        "https://bot.example.org/",
        "https://",
        "https://B"
      })
  void an_origin_that_is_none_is_named(String origin) {
    assertThatThrownBy(() -> Settings.of(folder, Map.of("BOT_WEB_ORIGIN", origin)).web())
        .isInstanceOf(BotException.class)
        .hasMessageStartingWith("the setting BOT_WEB_ORIGIN is not the beginning of a web address");
  }

  @Test
  void the_log_is_text_unless_json_is_asked_for() {
    assertThat(Settings.of(folder, Map.of()).logFormat()).isEqualTo(LogFormat.TEXT);
    assertThat(Settings.of(folder, Map.of("BOT_LOG", "json")).logFormat())
        .isEqualTo(LogFormat.JSON);
    assertThatThrownBy(() -> Settings.of(folder, Map.of("BOT_LOG", "xml")).logFormat())
        .isInstanceOf(BotException.class)
        .hasMessage(
            "the setting BOT_LOG is not a form of the log\n  to do     set BOT_LOG to text or to json");
  }

  @Test
  void a_malformed_file_is_refused_without_a_word_of_it() throws IOException {
    Files.writeString(folder.resolve(".env"), "TELEGRAM_BOT_TOKEN secret\n");

    assertThatThrownBy(() -> Settings.of(folder, Map.of()).database())
        .isInstanceOf(BotException.class)
        .hasMessageStartingWith("the file .env cannot be read\n")
        .hasNoCause()
        .message()
        .doesNotContain("secret");
  }

  @Test
  void a_file_that_is_not_utf_8_is_refused() throws IOException {
    Files.write(folder.resolve(".env"), "BOT_HOST=\u00e4\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> Settings.of(folder, Map.of()).host()).isInstanceOf(BotException.class);
  }
}
