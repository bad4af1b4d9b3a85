package botdb.bot.command;

import botdb.bot.output.BotException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The content, exactly as it was. */
@Command(
    name = "export",
    description =
        "Print a history that is set aside exactly as it was, or write it to a new file that only"
            + " you can read. Leaves it where it is.")
final class SetAsideExportCommand implements Callable<Integer> {
  private final SetAsideCommand aside;

  @Parameters(
      index = "0",
      paramLabel = "USER_ID",
      converter = SetAsideCommand.User.class,
      description = "As set-aside list shows it.")
  private String user = "";

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      arity = "0..1",
      converter = SetAsideCommand.FilePath.class,
      description = "A new file.")
  private @Nullable Path target;

  @Option(names = "--id", paramLabel = "ID", description = "Which of the user's; else the newest.")
  private @Nullable Long id;

  SetAsideExportCommand(SetAsideCommand aside) {
    this.aside = aside;
  }

  @Override
  public Integer call() {
    byte[] content = aside.read(histories -> histories.content(aside.find(histories, user, id)));
    Path file = target;
    if (file == null) {
      aside.bot().output().results().write(content, 0, content.length);
    } else {
      write(content, file);
      aside.bot().output().results().println("the history of user " + user + " is in " + file);
    }
    return ExitStatus.DONE;
  }

  private static void write(byte[] content, Path file) {
    boolean created = false;
    try (SeekableByteChannel channel = create(file)) {
      created = true;
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
    } catch (IOException e) {
      BotException failure = failure(file, e);
      if (created) {
        deleteHalf(file, failure);
      }
      throw failure;
    }
  }

  /** It holds what people wrote: nobody else may read it, not even for a moment. */
  private static SeekableByteChannel create(Path file) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] mode =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    return Files.newByteChannel(
        file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), mode);
  }

  private static void deleteHalf(Path file, BotException failure) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static BotException failure(Path file, IOException e) {
    if (e instanceof FileAlreadyExistsException) {
      return new BotException(file + " exists already", "give the name of a new file", e);
    }
    String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
    if (e instanceof NoSuchFileException) {
      reason = "there is no such folder";
    }
    return new BotException(
        "%s cannot be written: %s".formatted(file, reason), "give the name of another file", e);
  }
}
