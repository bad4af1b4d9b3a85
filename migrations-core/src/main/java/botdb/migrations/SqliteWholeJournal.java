package botdb.migrations;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The rollback journal of a transaction that is going to change most pages of a database: all of
 * them as they are, written before the first change, in the form and in the place of SQLite's own.
 *
 * <p>SQLite keeps a page when it changes it first, in three calls, and waits for the disk whenever
 * its cache is full. Here they are written in large pieces and waited for once, while another core
 * looks for damage. Whoever opens the database after a crash, the old bot among them, finds a hot
 * journal and puts every page back, <a
 * href="https://sqlite.org/fileformat2.html#the_rollback_journal">as the file format says</a>: the
 * transaction is over when the journal is deleted, and not before.
 *
 * <p>Whoever uses it holds the write lock from before {@link #begin} until after {@link #delete}.
 */
final class SqliteWholeJournal {
  /** What fits into the cache of a connection is written once by SQLite, too. */
  private static final long WORTHWHILE = 16 << 20;

  /** Of the largest kind that SQLite knows; a header takes a whole one. */
  private static final int SECTOR = 4096;

  private static final long MAGIC = 0xd9d505f920a163d7L;

  /** The page that holds this byte is used for locks and never written. */
  private static final long LOCK_BYTE = 1 << 30;

  /** A checksum is the sum of every two hundredth byte, counted from the end of a page. */
  private static final int STRIDE = 200;

  private static final int PIECE = 1 << 21;

  private static final int MOST_RECORD = (1 << 16) + 2 * Integer.BYTES;

  /** Not this program: to close the file here would drop the locks that it holds. */
  private static final Path READER = Path.of("/bin/cat");

  private final Path database;
  private final Path journal;
  private final int pageSize;
  private final int pages;
  private final int nonce = ThreadLocalRandom.current().nextInt();
  private final ByteBuffer piece =
      ByteBuffer.allocateDirect(PIECE + MOST_RECORD + 3 * SECTOR).alignedSlice(SECTOR);
  private @Nullable Background<Integer> writing;
  private volatile boolean unwanted;
  private boolean relied;

  private SqliteWholeJournal(Path database, int pageSize, int pages) {
    this.database = database;
    this.journal = database.resolveSibling(database.getFileName() + "-journal");
    this.pageSize = pageSize;
    this.pages = pages;
  }

  /** Whether it is faster than SQLite's own for a database of this size. */
  static boolean paysFor(long bytes) {
    return bytes >= WORTHWHILE;
  }

  /** Returns that of a database whose write lock the connection holds; null if it pays not. */
  static @Nullable SqliteWholeJournal of(Connection connection) throws SQLException {
    // As SQLite calls it, which follows links before it looks for a journal.
    Path database =
        Path.of(
            Sql.texts(connection, "SELECT file FROM pragma_database_list WHERE name = 'main'")
                .get(0));
    long pageSize = Sql.count(connection, "PRAGMA page_size");
    long pages = Sql.count(connection, "PRAGMA page_count");
    boolean pays = paysFor(pageSize * pages);
    return pays && pages < Integer.MAX_VALUE && Files.isExecutable(READER)
        ? new SqliteWholeJournal(database, (int) pageSize, (int) pages)
        : null;
  }

  /** Begins to write it, on another thread. */
  void begin() {
    writing = Background.run("journal", this::write);
  }

  /**
   * Waits until it is whole and on the disk, so that pages may be changed.
   *
   * @throws IOException if it could not be written; nothing may be changed then
   */
  void await() throws IOException {
    if (writing == null) {
      begin();
    }
    writing.await();
    relied = true;
  }

  /** Whether pages may have been changed, which nothing else can undo. */
  boolean isReliedOn() {
    return relied;
  }

  /**
   * Takes it away, whether it is whole or not.
   *
   * @throws IOException if it is still there: the database is as it was then, whatever was changed
   */
  void delete() throws IOException {
    unwanted = true;
    if (writing != null) {
      writing.end();
    }
    Files.deleteIfExists(journal);
  }

  /** Returns how many pages are in it. */
  private int write() throws IOException {
    Files.deleteIfExists(journal);
    create();
    int records;
    try (FileChannel channel = open()) {
      // A journal that begins with a zero is none, however much of it is there.
      piece.clear().put(new byte[SECTOR]);
      records = writePages(channel);
      // What follows the last record must not look like the end of a longer journal.
      piece.put(new byte[SECTOR]);
      put(channel, piece.position() / SECTOR * SECTOR);
      channel.force(true);
      piece.clear().put(new byte[SECTOR]).clear();
      piece.putLong(MAGIC).putInt(records).putInt(nonce);
      piece.putInt(pages).putInt(SECTOR).putInt(pageSize);
      channel.position(0);
      piece.position(SECTOR);
      put(channel, SECTOR);
      channel.force(true);
    }
    FileSync.sync(journal.getParent());
    return records;
  }

  private int writePages(FileChannel channel) throws IOException {
    Process reader =
        new ProcessBuilder(READER.toString(), "--", database.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (InputStream in = reader.getInputStream()) {
      byte[] page = new byte[pageSize];
      int records = 0;
      long lockPage = LOCK_BYTE / pageSize + 1;
      for (int number = 1; number <= pages; number++) {
        if (in.readNBytes(page, 0, pageSize) < pageSize) {
          throw new IOException("the database ends before its last page");
        }
        if (number != lockPage) {
          piece.putInt(number).put(page).putInt(checksum(page));
          records++;
        }
        if (piece.position() >= PIECE) {
          put(channel, PIECE);
        }
        if (unwanted) {
          throw new InterruptedIOException("the journal is not wanted any more");
        }
      }
      if (in.read() >= 0) {
        throw new IOException("the database goes on after its last page");
      }
      return records;
    } finally {
      reader.destroy();
    }
  }

  private int checksum(byte[] page) {
    int sum = nonce;
    for (int i = pageSize - STRIDE; i > 0; i -= STRIDE) {
      sum += page[i] & 0xff;
    }
    return sum;
  }

  /** Writes the first bytes of the piece, a multiple of the sector, and keeps the rest. */
  private void put(FileChannel channel, int length) throws IOException {
    piece.flip();
    int end = piece.limit();
    piece.limit(length);
    while (piece.hasRemaining()) {
      channel.write(piece);
    }
    piece.limit(end);
    piece.compact();
  }

  /** With the mode and the owner of the database: whoever may open that has to put it back. */
  private void create() throws IOException {
    try {
      Map<String, Object> of = Files.readAttributes(database, "unix:mode,uid,gid");
      Files.createFile(journal, PosixFilePermissions.asFileAttribute(Set.of()));
      for (String name : List.of("uid", "gid")) {
        if (!of.get(name).equals(Files.getAttribute(journal, "unix:" + name))) {
          Files.setAttribute(journal, "unix:" + name, of.get(name));
        }
      }
      Files.setAttribute(journal, "unix:mode", (int) of.get("mode") & 0777);
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      throw new IOException(e);
    }
  }

  /** Past the cache of the system, which has enough to do with the database. */
  private FileChannel open() throws IOException {
    try {
      return FileChannel.open(journal, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT);
    } catch (IOException | UnsupportedOperationException e) {
      return FileChannel.open(journal, StandardOpenOption.WRITE); // a file system without that
    }
  }
}
