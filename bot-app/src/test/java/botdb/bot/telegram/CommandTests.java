package botdb.bot.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTests {
  @Test
  void is_read_with_whom_it_is_for_and_what_follows() {
    assertThat(Command.of("/Search@some_bot  tea\nand lemon "))
        .isEqualTo(new Command("search", "some_bot", "tea\nand lemon"));
    assertThat(Command.of("/help")).isEqualTo(new Command("help", null, ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "/", "// x", "/usr/bin", "a /help", "/привет", "/a.b"})
  void is_not_everything_with_a_slash(String text) {
    assertThat(Command.of(text)).isNull();
  }

  @Test
  void is_for_whom_it_names_or_for_everybody() {
    assertThat(new Command("help", null, "").isFor("my_bot")).isTrue();
    assertThat(new Command("help", "My_Bot", "").isFor("my_bot")).isTrue();
    assertThat(new Command("help", "other_bot", "").isFor("my_bot")).isFalse();
  }
}
