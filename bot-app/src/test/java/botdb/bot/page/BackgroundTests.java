package botdb.bot.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackgroundTests {
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final CountDownLatch allowed = new CountDownLatch(1);
  private final AtomicInteger times = new AtomicInteger();
  private final Background<String> work = new Background<>("the work", this::work, executor);

  private String work() {
    try {
      allowed.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (times.incrementAndGet() > 1) {
      throw new IllegalStateException("secret");
    }
    return "found";
  }

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  /** What was begun before is done when something that is begun now is. */
  private void finish() throws Exception {
    allowed.countDown();
    executor.submit(() -> {}).get(50, TimeUnit.SECONDS);
  }

  @Test
  void who_begins_it_does_not_wait_for_it() throws Exception {
    work.start();
    assertThat(work.isRunning()).isTrue();
    assertThat(work.latest()).isNull();

    finish();

    assertThat(work.isRunning()).isFalse();
    assertThat(Objects.requireNonNull(work.latest()).value()).isEqualTo("found");
  }

  @Test
  void it_is_not_begun_again_while_it_is_under_way() throws Exception {
    work.start();
    work.start();
    finish();
    assertThat(times).hasValue(1);
  }

  @Test
  void what_failed_has_no_value_and_can_be_begun_again() throws Exception {
    work.start();
    finish();
    work.start();
    finish();

    assertThat(work.isRunning()).isFalse();
    assertThat(Objects.requireNonNull(work.latest()).value()).isNull();
  }
}
