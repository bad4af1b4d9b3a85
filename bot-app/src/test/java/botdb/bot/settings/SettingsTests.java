package botdb.bot.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.bot.output.BotException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @Test
  void leave_telegram_and_the_model_out_unless_they_are_set() {
    Settings settings = Settings.of(folder, Map.of("TELEGRAM_API_URL", "x", "OPENAI_MODEL", "x"));

    assertThat(settings.telegram()).isEmpty();
    assertThat(settings.model()).isEmpty();
  }

  @Test
  void have_defaults_for_telegram_and_the_model() {
    Settings settings =
        Settings.of(folder, Map.of("TELEGRAM_BOT_TOKEN", "1:a-B_c", "OPENAI_API_KEY", "sk-1"));

    assertThat(settings.telegram())
        .contains(new TelegramSettings("1:a-B_c", URI.create("https://api.telegram.org")));
    URI server = URI.create("https://api.openai.com/v1");
    assertThat(settings.model())
        .contains(new ModelSettings(server, "sk-1", "gpt-4o-mini", "", 4000));
  }

  @Test
  void take_a_server_of_ones_own_without_a_key() {
    Settings settings =
        Settings.of(
            folder,
            Map.of(
                "OPENAI_BASE_URL", "http://localhost:11434/v1/",
                "OPENAI_MODEL", "qwen",
                "BOT_SYSTEM_PROMPT", "Be brief.",
                "BOT_CONTEXT_TOKENS", "8000"));

    URI server = URI.create("http://localhost:11434/v1");
    assertThat(settings.model()).contains(new ModelSettings(server, "", "qwen", "Be brief.", 8000));
  }

  @Test
  void come_from_the_file_that_the_readme_shows() throws IOException {
    Files.writeString(
        folder.resolve(".env"),
        """
        TELEGRAM_BOT_TOKEN=123456:ABC-DEF
        OPENAI_BASE_URL=http://127.0.0.1:11434/v1
        OPENAI_MODEL=qwen3
        BOT_SYSTEM_PROMPT=You are a friendly helper. Answer briefly.
        """);
    Settings settings = Settings.of(folder, Map.of());

    assertThat(settings.telegram()).map(TelegramSettings::token).contains("123456:ABC-DEF");
    assertThat(settings.model())
        .map(ModelSettings::prompt)
        .contains("You are a friendly helper. Answer briefly.");
  }

  @Test
  void show_neither_token_nor_key_nor_prompt() {
    Settings settings =
        Settings.of(
            folder,
            Map.of(
                "TELEGRAM_BOT_TOKEN", "1:secret",
                "OPENAI_API_KEY", "secret",
                "BOT_SYSTEM_PROMPT", "secret"));

    assertThat(settings.telegram().toString()).contains("telegram.org").doesNotContain("secret");
    assertThat(settings.model().toString()).contains("openai.com").doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "TELEGRAM_BOT_TOKEN, secret, is not the token of a bot",
    "TELEGRAM_BOT_TOKEN, 1:sec/ret, is not the token of a bot",
    "TELEGRAM_API_URL, secret, is not the address of a server",
    "TELEGRAM_API_URL, ftp://secret, is not the address of a server",
    "TELEGRAM_API_URL, https://secret/?a=b, is not the address of a server",
    "TELEGRAM_API_URL, https://user:secret@host, is not the address of a server",
    "OPENAI_BASE_URL, http://sec ret, is not the address of a server",
    "OPENAI_BASE_URL, http:///secret, is not the address of a server",
    "OPENAI_API_KEY, sec ret, is not a key",
    "OPENAI_API_KEY, secrét, is not a key",
    "BOT_CONTEXT_TOKENS, secret, is not a number of tokens",
    "BOT_CONTEXT_TOKENS, 0, is not a number of tokens"
  })
  void that_are_wrong_are_named_but_not_shown(String name, String value, String fact) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of("TELEGRAM_BOT_TOKEN", "1:a", "OPENAI_API_KEY", "k", "OPENAI_MODEL", "m"));
    environment.put(name, value);
    Settings settings = Settings.of(folder, environment);

    assertThatThrownBy(
            () -> {
              settings.telegram();
              settings.model();
            })
        .isInstanceOf(BotException.class)
        .hasMessageStartingWith("the setting " + name + " " + fact + "\n  to do     set " + name)
        .hasNoCause()
        .message()
        .doesNotContain("secret", "ret", "secrét");
  }

  @Test
  void of_a_server_of_ones_own_need_a_model() {
    Settings settings = Settings.of(folder, Map.of("OPENAI_BASE_URL", "http://localhost/v1"));

    assertThatThrownBy(settings::model)
        .isInstanceOf(BotException.class)
        .hasMessage(
            "the setting OPENAI_MODEL is missing\n"
                + "  to do     set OPENAI_MODEL to a model of the server at OPENAI_BASE_URL");
  }
}
