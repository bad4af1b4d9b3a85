package botdb.it.chat;

import botdb.it.Bot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A bot on a stand-in for Telegram, with a stand-in for a model or without one. */
final class ChattingBot implements AutoCloseable {
  private final Bot.Running running;

  private ChattingBot(Bot.Running running) {
    this.running = running;
  }

  /** Starts a bot and waits until it is on Telegram. */
  static ChattingBot start(Path folder, TelegramStandIn telegram, Map<String, String> settings)
      throws IOException, InterruptedException {
    ChattingBot bot = begin(folder, telegram, settings);
    bot.awaitLog("serving on Telegram as @test_bot");
    return bot;
  }

  /** Starts a bot without a model. */
  static ChattingBot start(Path folder, TelegramStandIn telegram)
      throws IOException, InterruptedException {
    return start(folder, telegram, Map.of("OPENAI_API_KEY", ""));
  }

  /** Starts a bot with a model. */
  static ChattingBot start(Path folder, TelegramStandIn telegram, ModelStandIn model)
      throws IOException, InterruptedException {
    return start(folder, telegram, with(model));
  }

  /** The settings for a model. */
  static Map<String, String> with(ModelStandIn model) {
    return Map.of("OPENAI_BASE_URL", model.url(), "OPENAI_MODEL", "test-model");
  }

  /** Starts a bot and waits for nothing. */
  static ChattingBot begin(Path folder, TelegramStandIn telegram, Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("BOT_PORT", "0");
    environment.putIfAbsent("TELEGRAM_BOT_TOKEN", TelegramStandIn.TOKEN);
    environment.put("TELEGRAM_API_URL", telegram.url());
    return new ChattingBot(Bot.start(folder, List.of(), environment, "serve"));
  }

  void awaitLog(String text) throws IOException, InterruptedException {
    running.awaitText(running.err(), text);
  }

  /** What it has said so far, results aside. */
  String log() throws IOException {
    return Files.readString(running.err());
  }

  /** The history of a user, as the command line tells it. */
  static JsonNode history(Path folder, long user) {
    return Json.read(Bot.run(folder, "history", String.valueOf(user), "--json").out());
  }

  /** Asks it to end. */
  Bot.Result terminate() {
    running.process().destroy();
    return running.await();
  }

  /** Ends it at once. */
  Bot.Result kill() {
    return running.kill();
  }

  Process process() {
    return running.process();
  }

  @Override
  public void close() {
    running.process().destroyForcibly();
  }
}
