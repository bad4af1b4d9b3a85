package botdb.bot.database;

import botdb.bot.output.BotException;
import botdb.bot.output.VisibleText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * That one bot at a time serves a database: a lock of the operating system on a file beside it,
 * {@code users.db.serving}, which says who holds it.
 *
 * <p>A crash releases the lock, and what is left of the file then means nothing. Whoever migrates,
 * looks or makes a backup does not ask for it.
 */
public final class ServingLock implements AutoCloseable {
  private static final String SUFFIX = ".serving";
  private static final int LONGEST_HOLDER = 300;

  /** Far behind the text, so that others can read it where a lock keeps readers out. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private final Path file;
  private final FileChannel channel;

  private ServingLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @return null where the file system has no such locks, or lets no file be made
   * @throws BotException if another bot holds it; it says which
   */
  public static @Nullable ServingLock take(Path database) {
    Path file = database.resolveSibling(database.getFileName() + SUFFIX);
    try {
      ServingLock lock = null;
      while (lock == null) {
        lock = tryToTake(file, database);
      }
      return lock;
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }

  /** Returns null where the last holder has just deleted the file: a lock on that means nothing. */
  private static @Nullable ServingLock tryToTake(Path file, Path database) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // Left by a crash, or held.
    }
    FileChannel channel = null;
    try {
      Object named = key(file);
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
        throw heldBy(channel, database);
      }
      if (Objects.equals(named, key(file))) {
        ServingLock lock = new ServingLock(file, channel);
        lock.sign();
        return lock;
      }
      channel.close();
      return null;
    } catch (OverlappingFileLockException e) {
      throw heldBy(Objects.requireNonNull(channel), database);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private void sign() throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String self =
        "process " + ProcessHandle.current().pid() + " on " + hostName() + " since " + now + "\n";
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(self.getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static @Nullable Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static BotException heldBy(FileChannel channel, Path database) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(LONGEST_HOLDER);
    try (channel) {
      channel.read(text, 0);
    }
    String holder = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
    return new BotException(
        "%s is served already, by %s"
            .formatted(database, holder.isEmpty() ? "a bot" : VisibleText.line(holder)),
        "stop that bot first, or give this one a database of its own");
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "this machine";
    }
  }

  /** Lets the next bot serve; the file goes while the lock is still held. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Only its lock means anything, and closing releases that.
    }
    try {
      channel.close();
    } catch (IOException e) {
      // The end of the process releases it.
    }
  }
}
