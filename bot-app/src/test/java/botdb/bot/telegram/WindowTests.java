package botdb.bot.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WindowTests {
  private final Window window = new Window();

  private void take(int updateId) {
    window.arrived(updateId);
    window.begin(updateId);
  }

  @Test
  void takes_each_update_on_once() {
    assertThat(window.offset()).isZero();
    window.arrived(7);
    assertThat(window.begin(7)).isTrue();
    window.arrived(7);
    assertThat(window.begin(7)).isFalse();
    window.done(7);
    assertThat(window.begin(7)).isFalse();
  }

  @Test
  void confirms_only_up_to_the_first_that_is_under_way() {
    take(7);
    take(8);
    take(9);
    window.done(8);
    assertThat(window.offset()).isEqualTo(7);
    window.done(7);
    assertThat(window.offset()).isEqualTo(9);
    window.done(9);
    assertThat(window.offset()).isEqualTo(10);
    window.confirmed(10);
    assertThat(window.offset()).isEqualTo(10);
    assertThat(window.isIdle()).isTrue();
  }

  @Test
  void does_not_confirm_what_came_and_was_not_taken_on() {
    take(7);
    window.arrived(8);
    take(9);
    window.done(7);
    window.done(9);
    assertThat(window.offset()).isEqualTo(8);
    window.confirmed(8);
    assertThat(window.begin(8)).isTrue();
  }

  @Test
  void remembers_what_is_done_and_not_yet_confirmed() {
    take(7);
    take(8);
    window.done(8);
    window.confirmed(7);
    assertThat(window.begin(8)).isFalse();
    assertThat(window.isIdle()).isFalse();
  }

  @Test
  @Timeout(30)
  void does_not_wait_for_what_has_happened_already() throws InterruptedException {
    window.awaitChange(Duration.ofHours(1));
    take(7);
    take(8);
    window.offset();
    window.done(7);
    window.awaitChange(Duration.ofHours(1));
    assertThat(window.offset()).isEqualTo(8);
  }
}
