package botdb.bot.telegram;

import botdb.bot.chat.Chat;
import botdb.bot.output.Phrases;
import botdb.catalog.Message;
import com.pengrad.telegrambot.request.SendDocument;
import com.pengrad.telegrambot.request.SendMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sends a history as a file of JSON, by way of a temporary one that only its owner can read. */
final class Export {
  private final Sender sender;
  private final Chat chat;

  Export(Sender sender, Chat chat) {
    this.sender = sender;
    this.chat = chat;
  }

  void send(Incoming incoming) {
    Phrases phrases = Texts.in(incoming.language());
    try {
      Path file = Files.createTempFile("history-", ".json");
      try {
        int count = write(incoming.chatId(), file);
        if (count == 0) {
          sender.send(new SendMessage(incoming.chatId(), phrases.get("history-empty")));
        } else {
          send(incoming.chatId(), file, phrases.count("export-caption", count), phrases);
        }
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send(long chatId, Path file, String caption, Phrases phrases) {
    SendDocument document =
        new SendDocument(chatId, file.toFile())
            .fileName("history-" + chatId + ".json")
            .contentType("application/json")
            .caption(caption);
    try {
      sender.send(document);
    } catch (ApiFailure e) {
      // A server takes files up to a size; the bot cannot know which.
      sender.send(new SendMessage(chatId, phrases.get("export-rejected")));
    }
  }

  private int write(long chatId, Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write('[');
      int count = chat.forEach(chatId, new JsonLines(out)::add);
      out.write(count == 0 ? "]\n" : "\n]\n");
      return count;
    }
  }

  /** The messages as they are stored, each in a line of its own. */
  private static final class JsonLines {
    private final Writer out;
    private String separator = "\n";

    JsonLines(Writer out) {
      this.out = out;
    }

    void add(Message message) {
      try {
        out.write(separator);
        out.write(message.strictJson());
        separator = ",\n";
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
