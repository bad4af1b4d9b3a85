package botdb.bot.access;

import botdb.bot.http.Problem;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often something may be done, by each of many and by all together. */
final class Buckets {
  private static final int MOST_REMEMBERED = 10_000;

  private final TimeMeter time;
  private final int each;
  private final Bucket all;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  /**
   * Makes full buckets.
   *
   * @param each how often one may in a minute
   * @param all how often all together may in a minute
   */
  Buckets(TimeMeter time, int each, int all) {
    this.time = time;
    this.each = each;
    this.all = bucket(all);
  }

  /**
   * Takes one from the bucket of somebody and one from the common one.
   *
   * @throws Problem if one of them is empty
   */
  void take(String who) {
    take(bucketOf(who));
    take(all);
  }

  /**
   * Looks whether there would be something to take.
   *
   * @throws Problem if one of the buckets is empty
   */
  void check(String who) {
    check(bucketOf(who));
    check(all);
  }

  private synchronized Bucket bucketOf(String who) {
    return buckets.computeIfAbsent(who, key -> bucket(each));
  }

  private static void take(Bucket bucket) {
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw Problem.tooMany(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }

  private static void check(Bucket bucket) {
    EstimationProbe probe = bucket.estimateAbilityToConsume(1);
    if (!probe.canBeConsumed()) {
      throw Problem.tooMany(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }

  private Bucket bucket(int aMinute) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(aMinute).refillGreedy(aMinute, Duration.ofMinutes(1)))
        .withCustomTimePrecision(time)
        .build();
  }
}
