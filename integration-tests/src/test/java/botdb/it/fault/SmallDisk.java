package botdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A file system in memory, as small as wanted, where the user may mount one. */
public record SmallDisk(Path folder) implements AutoCloseable {
  private static final int PIECE = 4096;

  /** Mounts it on an empty folder; leaves the tests out, loudly, where that is not allowed. */
  public static SmallDisk mount(Path folder, long bytes) throws IOException {
    String refusal = run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", folder.toString());
    if (!refusal.isEmpty()) {
      Rounds.report("LEFT OUT, nothing may be mounted here: no disk was full, none read-only");
      Assumptions.abort(refusal);
    }
    return new SmallDisk(folder);
  }

  /** Makes it larger or smaller, with what is on it. */
  public void resize(long bytes) throws IOException {
    assertThat(run("mount", "-o", "remount,size=" + bytes, folder.toString())).isEmpty();
  }

  /** Returns how many bytes are taken. */
  public long used() throws IOException {
    FileStore store = Files.getFileStore(folder);
    return store.getTotalSpace() - store.getUnallocatedSpace();
  }

  /** Takes all that is left, with a file that is returned. */
  public Path fill() throws IOException {
    Path rest = folder.resolve("rest");
    try (OutputStream out = Files.newOutputStream(rest)) {
      while (true) {
        out.write(new byte[PIECE]);
      }
    } catch (IOException e) {
      assertThat(e).hasMessage("No space left on device");
      return rest;
    }
  }

  /** Mounts it so that nothing can be written. */
  public void makeReadOnly() throws IOException {
    assertThat(run("mount", "-o", "remount,ro", folder.toString())).isEmpty();
  }

  /** Undoes {@link #makeReadOnly}. */
  public void makeWritable() throws IOException {
    assertThat(run("mount", "-o", "remount,rw", folder.toString())).isEmpty();
  }

  /** Takes it away with everything on it. */
  @Override
  public void close() throws IOException {
    assertThat(run("umount", "--lazy", folder.toString())).isEmpty();
  }

  /** Returns what the command complained about; nothing if it went through. */
  private static String run(String... command) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    } catch (IOException e) {
      return "there is no " + command[0];
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.onExit().orTimeout(30, TimeUnit.SECONDS).join()).isNotNull();
    return process.exitValue() == 0 ? "" : said + " (" + process.exitValue() + ")";
  }
}
