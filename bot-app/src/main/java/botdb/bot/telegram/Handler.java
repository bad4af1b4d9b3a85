package botdb.bot.telegram;

import botdb.bot.chat.Chat;
import botdb.bot.chat.NoReplyException;
import botdb.bot.chat.Received;
import botdb.bot.output.Phrases;
import botdb.catalog.Message;
import botdb.migrations.MigrationException;
import com.pengrad.telegrambot.request.AnswerCallbackQuery;
import com.pengrad.telegrambot.request.SendMessage;
import java.util.function.Supplier;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** Does what an update asks for: answers a message, follows a command or a button. */
final class Handler {
  private final Sender sender;
  private final Chat chat;
  private final Typing typing;
  private final Supplier<String> username;
  private final HistoryPages historyPages;
  private final ClearDialog clearDialog;

  /** Makes a handler for the bot of a name, which is known before the first update comes. */
  Handler(Sender sender, Chat chat, Typing typing, Supplier<String> username) {
    this.sender = sender;
    this.chat = chat;
    this.typing = typing;
    this.username = username;
    this.historyPages = new HistoryPages(sender, chat);
    this.clearDialog = new ClearDialog(sender, chat);
  }

  void handle(Incoming incoming) {
    String text = incoming.text();
    Command command = text == null ? null : Command.of(text);
    if (incoming.press() != null) {
      press(incoming, incoming.press());
    } else if (command != null) {
      follow(incoming, command);
    } else if (text != null && !text.isBlank()) {
      answer(incoming, text);
    } else if (incoming.isPrivate()) {
      say(incoming, "text-only");
    }
  }

  /** Stored first, then answered, then the answer stored, then sent. */
  private void answer(Incoming incoming, String text) {
    Received received = chat.receive(incoming.chatId(), incoming.updateId(), text);
    if (received.reply() == null && Chat.sent(received.message()) > 0) {
      return; // before a crash he was told already that there is no answer
    }
    Message reply = received.message();
    String words;
    try {
      reply = typing.during(incoming.chatId(), () -> chat.reply(received, part -> {}));
      words = reply.content() == null ? "" : reply.content();
    } catch (NoReplyException e) {
      words = e.reason().sentence(incoming.language());
    }
    sender.deliver(incoming.chatId(), reply, words);
  }

  private void follow(Incoming incoming, Command command) {
    if (!command.isFor(username.get())) {
      return;
    }
    switch (command.name()) {
      case "start" -> say(incoming, "start");
      case "help" -> say(incoming.chatId(), Menu.help(Texts.in(incoming.language())));
      case "history" -> historyPages.show(incoming);
      case "search" -> new Finder(sender, chat).find(incoming, command.rest());
      case "clear" -> clearDialog.ask(incoming);
      case "export" -> new Export(sender, chat).send(incoming);
      default -> {
        if (incoming.isPrivate() || command.bot() != null) {
          say(incoming, "unknown-command");
        }
      }
    }
  }

  private void press(Incoming incoming, Incoming.Press press) {
    if (press.data().startsWith(HistoryPages.BUTTON)) {
      historyPages.turn(incoming, press);
    } else if (press.data().startsWith(ClearDialog.YES)
        || press.data().startsWith(ClearDialog.NO)) {
      clearDialog.answer(incoming, press);
    } else {
      sender.acknowledge(new AnswerCallbackQuery(press.queryId()));
    }
  }

  /** Returns what a failure of the database means. */
  @Nullable MigrationException explain(DataAccessException failure) {
    return chat.explain(failure);
  }

  /** Says something of the bot's own, in the language of who is there. */
  void say(Incoming incoming, String key) {
    Phrases phrases = Texts.in(incoming.language());
    say(incoming.chatId(), phrases.get(key));
  }

  private void say(long chatId, String text) {
    sender.send(new SendMessage(chatId, text));
  }
}
