package botdb.migrations;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file in large pieces, each while the next one is filled, past the cache of the system,
 * which has enough to do with others.
 */
final class PieceWriter implements Closeable {
  /** What such a file is written in multiples of. */
  static final int SECTOR = 4096;

  private static final int PIECE = 1 << 21;

  private final FileChannel channel;
  private ByteBuffer filled;
  private ByteBuffer other;
  private long at;
  private @Nullable Background<Boolean> writing;

  /** Opens a file that is there; at most so many bytes are put between two calls. */
  PieceWriter(Path file, int room) throws IOException {
    this.filled = buffer(room);
    this.other = buffer(room);
    this.channel = open(file);
  }

  private static ByteBuffer buffer(int room) {
    return ByteBuffer.allocateDirect(PIECE + room + 2 * SECTOR).alignedSlice(SECTOR);
  }

  private static FileChannel open(Path file) throws IOException {
    try {
      return FileChannel.open(file, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT);
    } catch (IOException | UnsupportedOperationException e) {
      return FileChannel.open(file, StandardOpenOption.WRITE); // a file system without that
    }
  }

  /** Returns where the next bytes are to be put. */
  ByteBuffer next() throws IOException {
    if (filled.position() >= PIECE) {
      hand(PIECE);
    }
    return filled;
  }

  /** Fills the last sector with zeros, and waits until all of it is on the disk. */
  void finish() throws IOException {
    filled.put(new byte[-filled.position() & (SECTOR - 1)]);
    hand(filled.position());
    await();
    channel.force(true);
  }

  /** Writes the first sector anew, and waits until it is on the disk. */
  void rewriteFirst(byte[] sector) throws IOException {
    at = 0;
    filled.clear().put(sector);
    finish();
  }

  /** Lets the first bytes be written, and keeps what was put behind them. */
  private void hand(int length) throws IOException {
    await();
    ByteBuffer piece = filled.flip();
    filled = other.clear().put(piece.slice(length, piece.limit() - length));
    other = piece.limit(length);
    long from = at;
    at += length;
    writing = Background.run("journal, writing", () -> write(piece, from));
  }

  private boolean write(ByteBuffer piece, long from) throws IOException {
    long position = from;
    while (piece.hasRemaining()) {
      position += channel.write(piece, position);
    }
    return true;
  }

  private void await() throws IOException {
    if (writing != null) {
      writing.await();
    }
  }

  @Override
  public void close() throws IOException {
    if (writing != null) {
      writing.end();
    }
    channel.close();
  }
}
