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
import picocli.CommandLine.Model.CommandSpec;

/** The content, exactly as it was. */
final class SetAsideExportCommand implements Callable<Integer> {
  private final SetAsideCommand aside;

  private final Argument<String> user =
      Argument.required("USER_ID", new SetAsideCommand.User(), "As set-aside list shows it.");

  private final Argument<@Nullable Path> target =
      Argument.optional("FILE", new SetAsideCommand.FilePath(), "A new file.");

  private final Argument<@Nullable Long> id =
      Argument.option("--id", "ID", Long.class, "Which of the user's; else the newest.");

  SetAsideExportCommand(SetAsideCommand aside) {
    this.aside = aside;
  }

  CommandSpec spec() {
    return Description.of(
        "Print a history that is set aside exactly as it was, or write it to a new file that only"
            + " you can read. Leaves it where it is.",
        this,
        user,
        target,
        id);
  }

  @Override
  public Integer call() {
    byte[] content =
        aside.read(histories -> histories.content(aside.find(histories, user.value(), id.value())));
    Path file = target.value();
    if (file == null) {
      aside.bot().output().results().write(content, 0, content.length);
    } else {
      write(content, file);
      aside
          .bot()
          .output()
          .results()
          .println("the history of user " + user.value() + " is in " + file);
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
