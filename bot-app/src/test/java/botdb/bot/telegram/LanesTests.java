package botdb.bot.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LanesTests {
  @Test
  void keep_the_order_of_each_user() throws InterruptedException {
    Lanes lanes = new Lanes(4);
    List<List<Integer>> done = new ArrayList<>();
    CountDownLatch all = new CountDownLatch(1000);
    for (int user = 0; user < 10; user++) {
      done.add(Collections.synchronizedList(new ArrayList<>()));
    }
    for (int i = 0; i < 1000; i++) {
      int user = i % 10;
      int number = i / 10;
      lanes.add(
          user,
          () -> {
            done.get(user).add(number);
            all.countDown();
          });
    }
    all.await();
    assertThat(done).allMatch(IntStream.range(0, 100).boxed().toList()::equals);
  }

  @Test
  void let_one_user_pass_while_another_one_waits() throws InterruptedException {
    Lanes lanes = new Lanes(2);
    CountDownLatch slow = new CountDownLatch(1);
    CountDownLatch quick = new CountDownLatch(1);
    lanes.add(1, () -> await(slow));
    lanes.add(1, slow::countDown);
    lanes.add(2, quick::countDown);
    quick.await();
    assertThat(slow.getCount()).isEqualTo(1);
    slow.countDown();
  }

  @Test
  void go_on_after_work_that_fails() throws InterruptedException {
    Lanes lanes = new Lanes(1);
    CountDownLatch next = new CountDownLatch(1);
    lanes.add(
        1,
        () -> {
          // The thread says so on standard error, as for any other.
          Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> {});
          throw new IllegalStateException();
        });
    lanes.add(1, next::countDown);
    next.await();
    assertThat(next.getCount()).isZero();
  }

  @Test
  void begin_nothing_more_when_they_are_stopped() throws InterruptedException {
    Lanes lanes = new Lanes(1);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    List<String> done = Collections.synchronizedList(new ArrayList<>());
    lanes.add(
        1,
        () -> {
          begun.countDown();
          await(new CountDownLatch(1));
          interrupted.countDown();
        });
    lanes.add(1, () -> done.add("next of the same"));
    lanes.add(2, () -> done.add("another"));
    begun.await();
    lanes.stop(Duration.ZERO);
    interrupted.await();
    lanes.add(3, () -> done.add("too late"));
    assertThat(done).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
