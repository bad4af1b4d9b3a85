package botdb.bot.log;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.bot.settings.LogFormat;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogTests {
  private static final String HOSTILE =
      "a\u001b[31m \u202Eevil\u2028 \"} <b>\n2026-01-01T00:00:00Z ERROR botdb - forged";

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Logger log = LoggerFactory.getLogger("botdb.test");

  private void start(LogFormat format) {
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    LogConfiguration.write(LoggerFactory.getILoggerFactory(), format);
  }

  @AfterEach
  void restore() {
    System.setErr(before);
    LogConfiguration.write(LoggerFactory.getILoggerFactory(), LogFormat.TEXT);
  }

  private String written() {
    return written.toString(StandardCharsets.UTF_8);
  }

  @Test
  void a_line_has_a_time_a_level_and_a_place() {
    start(LogFormat.TEXT);
    log.info("{} to apply", "nothing");
    assertThat(written())
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\S+ INFO botdb.test - nothing to apply\n");
  }

  @Test
  void no_message_drives_a_terminal_or_passes_for_a_line_of_its_own() {
    start(LogFormat.TEXT);
    log.error(HOSTILE);
    assertThat(written())
        .contains("a\\u001b[31m \\u202eevil\\u2028")
        .contains("\n  2026-01-01T00:00:00Z ERROR botdb - forged\n")
        .doesNotContain("\u001b", "\u202E", "\u2028");
  }

  @Test
  void of_an_exception_kind_and_place_are_told_and_not_its_message() {
    start(LogFormat.TEXT);
    log.warn("failed", new IllegalStateException("what people wrote"));
    assertThat(written())
        .contains("failed (java.lang.IllegalStateException at botdb.bot.log.LogTests.")
        .doesNotContain("what people wrote");
  }

  @Test
  void in_json_every_event_is_one_object_in_one_line() {
    start(LogFormat.JSON);
    log.error(HOSTILE, new IllegalStateException("what people wrote"));
    assertThat(written().lines()).hasSize(1);
    JsonNode event = JsonMapper.builder().build().readTree(written());
    assertThat(event.get("level").stringValue()).isEqualTo("ERROR");
    assertThat(event.get("loggerName").stringValue()).isEqualTo("botdb.test");
    assertThat(event.get("formattedMessage").stringValue()).isEqualTo(HOSTILE);
    assertThat(event.get("timestamp").isNumber()).isTrue();
    assertThat(written()).doesNotContain("what people wrote");
  }

  @Test
  void what_libraries_tell_of_their_work_is_left_out() {
    start(LogFormat.TEXT);
    LoggerFactory.getLogger("org.eclipse.jetty").info("started");
    assertThat(written()).isEmpty();
  }
}
