package botdb.it.benchmark;

import java.util.List;
import java.util.Locale;

/** How much is measured: all of it, or little, while the benchmark itself is worked on. */
enum Scale {
  FULL(15, 3, 999, 100, 500),
  SMALL(5, 3, 99, 20, 50);

  private final int rounds;
  private final int longRounds;
  private final int migrations;
  private final int posts;
  private final int appends;

  Scale(int rounds, int longRounds, int migrations, int posts, int appends) {
    this.rounds = rounds;
    this.longRounds = longRounds;
    this.migrations = migrations;
    this.posts = posts;
    this.appends = appends;
  }

  static Scale parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  String title() {
    return this == FULL ? "Full" : "Small";
  }

  /** Rounds of what takes less than a second. */
  int rounds() {
    return rounds;
  }

  /** Rounds of what takes longer. */
  int longRounds() {
    return longRounds;
  }

  /** As many migrations as a catalog can hold, which are three digits. */
  int migrations() {
    return migrations;
  }

  /** What each user writes to the bot. */
  int posts() {
    return posts;
  }

  /** Messages that are appended at a stretch, where histories are short. */
  int appends() {
    return appends;
  }

  Shape manyShort() {
    return this == FULL ? new Shape(10_000, 20) : new Shape(1_000, 20);
  }

  /** A gigabyte. */
  Shape large() {
    return this == FULL ? new Shape(20_000, 200) : new Shape(400, 200);
  }

  /** Histories of twenty megabytes. */
  Shape fewLong() {
    return this == FULL ? new Shape(20, 80_000) : new Shape(2, 20_000);
  }

  Shape veryManyShort() {
    return this == FULL ? new Shape(1_000_000, 2) : new Shape(20_000, 2);
  }

  /** Users who move from a file to a server: five gigabytes. */
  Shape copied() {
    return this == FULL ? new Shape(1_000_000, 20) : new Shape(2_000, 20);
  }

  List<Integer> applied() {
    return this == FULL ? List.of(1, 100, 999) : List.of(1, 99);
  }

  List<Integer> lengths() {
    return this == FULL
        ? List.of(10, 100, 1_000, 10_000, 100_000)
        : List.of(10, 100, 1_000, 10_000);
  }

  List<Integer> lengthsOnServer() {
    return this == FULL ? List.of(10, 1_000, 100_000) : List.of(10, 1_000);
  }
}
