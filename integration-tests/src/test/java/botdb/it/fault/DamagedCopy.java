package botdb.it.fault;

import botdb.it.Fixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A copy of a fixture with bytes changed at random, the same for the same seed.
 *
 * @param fixture the name of the fixture
 * @param database the copy
 */
record DamagedCopy(String fixture, Path database) {
  private static final List<String> FIXTURES =
      List.of("before-001", "grown-by-hand", "hot-wal", "null-history", "empty-users", "after-001");

  /** Where the header of the file ends, https://sqlite.org/fileformat.html#the_database_header. */
  private static final int HEADER = 100;

  static DamagedCopy make(long seed, Path folder) throws IOException {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    String fixture = FIXTURES.get(Math.floorMod(seed, FIXTURES.size()));
    Path database = Fixture.copy(fixture, folder);
    Path log = folder.resolve(fixture + ".db-wal");
    damage(Files.exists(log) && random.nextBoolean() ? log : database, random);
    return new DamagedCopy(fixture, database);
  }

  private static void damage(Path file, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    // The header is small, and damage to it does the most.
    int range = random.nextInt(4) == 0 ? HEADER : bytes.length;
    int places = 1 << random.nextInt(6);
    for (int i = 0; i < places; i++) {
      int place = random.nextInt(range);
      bytes[place] =
          random.nextBoolean()
              ? (byte) (bytes[place] ^ 1 << random.nextInt(8))
              : (byte) random.nextInt();
    }
    Files.write(file, bytes);
  }
}
