package botdb.migrations;

import java.io.IOException;
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
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
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

  /** A header takes a whole one. */
  private static final int SECTOR = PieceWriter.SECTOR;

  private static final long MAGIC = 0xd9d505f920a163d7L;

  /** The page that holds this byte is used for locks and never written. */
  private static final long LOCK_BYTE = 1 << 30;

  /** A checksum is the sum of every two hundredth byte, counted from the end of a page. */
  private static final int STRIDE = 200;

  private static final int MOST_RECORD = (1 << 16) + 2 * Integer.BYTES;

  /** A multiple of every page size. */
  private static final int READ = 1 << 20;

  /** Between one wait for the disk and the next, in milliseconds. */
  private static final long PAUSE = 100;

  /**
   * Openings of databases that end with the process. To close one takes all locks from the file
   * that this process holds, <a href="https://sqlite.org/howtocorrupt.html">whoever took them</a>
   * (section 2.2).
   */
  private static final Queue<FileChannel> KEPT_OPEN = new ConcurrentLinkedQueue<>();

  private final Path database;
  private final Path journal;
  private final int pageSize;
  private final int pages;
  private final int nonce = ThreadLocalRandom.current().nextInt();
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile @Nullable FileChannel opened;
  private @Nullable Background<FileChannel> writing;
  private @Nullable Background<Boolean> flushing;
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
    return pays && pages < Integer.MAX_VALUE
        ? new SqliteWholeJournal(database, (int) pageSize, (int) pages)
        : null;
  }

  /** Begins to write it, on another thread; nobody interrupts that, which would close the file. */
  void begin() {
    writing = Background.run("journal", this::write);
  }

  /**
   * Waits until it is whole and on the disk, so that pages may be changed.
   *
   * <p>From then on changed pages are sent to the disk while others are changed: left to the
   * commit, it would wait for all of them with nothing else to do.
   *
   * @throws SQLException if it could not be written; nothing may be changed then
   */
  void await() throws SQLException {
    if (writing == null) {
      begin();
    }
    FileChannel file;
    try {
      file = writing.await();
    } catch (IOException e) {
      throw new SQLException("the journal could not be written", e);
    }
    relied = true;
    flushing = Background.run("flushing", () -> flush(file));
  }

  /** Whether pages may have been changed, which nothing else can undo. */
  boolean isReliedOn() {
    return relied;
  }

  private boolean flush(FileChannel file) throws IOException, InterruptedException {
    while (!done.await(PAUSE, TimeUnit.MILLISECONDS)) {
      file.force(false);
    }
    return true;
  }

  /**
   * Waits until all that was begun on other threads has ended.
   *
   * @throws SQLException if changed pages could not be sent to the disk; they must not be relied on
   */
  void end() throws SQLException {
    done.countDown();
    if (writing != null) {
      writing.end();
    }
    try {
      if (flushing != null) {
        flushing.await();
      }
    } catch (IOException e) {
      throw new SQLException("changed pages could not be written to the disk", e);
    }
  }

  /**
   * Takes it away, whether it is whole or not; if pages may have been changed, only after the
   * commit that has them on the disk.
   *
   * @throws SQLException if it is still there: the database is as it was then, whatever was changed
   */
  void delete() throws SQLException {
    end();
    try {
      Files.deleteIfExists(journal);
      if (relied && opened != null) {
        // Of this process, nobody but the connection that has committed holds a lock on it.
        opened.close();
        KEPT_OPEN.remove(opened);
      }
    } catch (IOException e) {
      throw new SQLException("the journal could not be deleted", e);
    }
  }

  /** Returns the database, for its changed pages to be sent to the disk. */
  private FileChannel write() throws IOException {
    Files.deleteIfExists(journal);
    create();
    FileChannel file = FileChannel.open(database, StandardOpenOption.READ);
    KEPT_OPEN.add(file);
    opened = file;
    try (PieceWriter writer = new PieceWriter(journal, MOST_RECORD)) {
      // A journal that begins with a zero is none, however much of it is there.
      writer.next().put(new byte[SECTOR]);
      int records = writePages(file, writer);
      // What follows the last record must not look like the end of a longer journal.
      writer.next().put(new byte[SECTOR]);
      writer.finish();
      writer.rewriteFirst(header(records));
    }
    FileSync.sync(journal.getParent());
    return file;
  }

  private byte[] header(int records) {
    ByteBuffer header = ByteBuffer.allocate(SECTOR);
    header.putLong(MAGIC).putInt(records).putInt(nonce);
    header.putInt(pages).putInt(SECTOR).putInt(pageSize);
    return header.array();
  }

  /** Returns how many pages are in it. */
  private int writePages(FileChannel file, PieceWriter writer) throws IOException {
    if (file.size() != (long) pages * pageSize) {
      throw new IOException("the database is not as long as its pages");
    }
    ByteBuffer read = ByteBuffer.allocateDirect(READ);
    read.limit(0);
    int records = 0;
    int lockPage = (int) (LOCK_BYTE / pageSize) + 1;
    for (int number = 1; number <= pages; number++) {
      if (!read.hasRemaining()) {
        refill(read, file, (number - 1L) * pageSize);
      }
      ByteBuffer page = read.slice(read.position(), pageSize);
      read.position(read.position() + pageSize);
      if (number != lockPage) {
        int checksum = checksum(page);
        writer.next().putInt(number).put(page).putInt(checksum);
        records++;
      }
    }
    return records;
  }

  private void refill(ByteBuffer read, FileChannel file, long from) throws IOException {
    if (done.getCount() == 0) {
      throw new InterruptedIOException("the journal is not wanted any more");
    }
    read.clear();
    while (read.hasRemaining() && file.read(read, from + read.position()) >= 0) {
      // A read may end early.
    }
    if (read.flip().remaining() < pageSize) {
      throw new IOException("the database ends before its last page");
    }
  }

  private int checksum(ByteBuffer page) {
    int sum = nonce;
    for (int i = pageSize - STRIDE; i > 0; i -= STRIDE) {
      sum += page.get(i) & 0xff;
    }
    return sum;
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
}
