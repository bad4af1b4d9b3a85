package botdb.bot.model;

import botdb.bot.responder.Conversation;
import botdb.bot.responder.Responder;
import botdb.bot.responder.ResponderException;
import botdb.bot.retry.Backoff;
import botdb.bot.retry.Pause;
import botdb.bot.settings.ModelSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a model answer.
 *
 * <p>It is shown the system prompt, the newest messages that fit into the budget, and the question.
 * What passes, such as a server that is busy, is tried again, but only until the first piece of an
 * answer has come; an answer that breaks off in its middle is none.
 */
public final class ModelResponder implements Responder, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("botdb.model");
  private static final int ATTEMPTS = 3;
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8));

  private final ModelSettings settings;
  private final ChatCompletions completions;
  private final Pause pause;

  /** Makes a responder; nothing is asked before the first question. */
  public ModelResponder(ModelSettings settings) {
    this(settings, ChatCompletions.Limits.USUAL, Pause.real());
  }

  ModelResponder(ModelSettings settings, ChatCompletions.Limits limits, Pause pause) {
    this.settings = settings;
    this.completions = new ChatCompletions(settings, limits);
    this.pause = pause;
  }

  @Override
  public String reply(Conversation conversation, Consumer<String> parts) {
    List<ModelMessage> messages = shown(conversation);
    for (int attempt = 1; ; attempt++) {
      try {
        return completions.answer(messages, parts);
      } catch (ModelFailure e) {
        if (!e.isPassing() || attempt == ATTEMPTS) {
          throw new ResponderException(e.reason(), "the model did not answer: " + e.fact());
        }
        LOG.warn("the model did not answer: {}; asking again", e.fact());
        pause.of(e.serverWait() == null ? BACKOFF.after(attempt) : e.serverWait());
      }
    }
  }

  private List<ModelMessage> shown(Conversation conversation) {
    List<ModelMessage> messages = new ArrayList<>();
    if (!settings.prompt().isEmpty()) {
      messages.add(ModelMessage.of("system", settings.prompt()));
    }
    ModelMessage question = ModelMessage.of(conversation.question());
    if (question == null) {
      throw new IllegalArgumentException("a question without text");
    }
    int spent = messages.stream().mapToInt(ModelMessage::tokens).sum() + question.tokens();
    messages.addAll(
        ContextWindow.of(conversation.earlier(), Math.max(0, settings.contextTokens() - spent)));
    messages.add(question);
    return messages;
  }

  /** Breaks off the answers that are under way. */
  @Override
  public void close() {
    completions.close();
  }
}
