package botdb.bot.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTextTests {

  @Test
  void shows_what_would_drive_a_terminal_as_its_number() {
    assertThat(VisibleText.line("a\u001b[2Jb\rc\u009bd\u007f"))
        .isEqualTo("a\\u001b[2Jb\\u000dc\\u009bd\\u007f");
  }

  @Test
  void shows_what_would_turn_the_direction_of_writing() {
    assertThat(VisibleText.line("a\u202eb\u2066c\u2028d")).isEqualTo("a\\u202eb\\u2066c\\u2028d");
  }

  @Test
  void keeps_letters_and_emoji_made_of_several_characters() {
    assertThat(VisibleText.line("ёж 👩‍👧 ok")).isEqualTo("ёж 👩‍👧 ok");
  }

  @Test
  void shows_half_of_a_surrogate_pair() {
    assertThat(VisibleText.line("a\ud83d b\udc69")).isEqualTo("a\\ud83d b\\udc69");
  }

  @Test
  void keeps_a_line_one_line() {
    assertThat(VisibleText.line("a\nb")).isEqualTo("a\\nb");
  }

  @Test
  void indents_the_lines_of_a_block() {
    assertThat(VisibleText.block("a\n\tb", "  ")).isEqualTo("a\n  \tb");
  }
}
