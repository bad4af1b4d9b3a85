package botdb.bot.model;

import botdb.bot.responder.ResponderException.Reason;
import java.io.IOException;
import java.util.function.Consumer;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer that arrives piece by piece, as <a
 * href="https://platform.openai.com/docs/api-reference/chat-streaming">events of chat
 * completions</a>.
 */
final class AnswerStream extends EventSourceListener {
  private static final ObjectReader JSON = JsonMapper.builder().build().readerFor(JsonNode.class);
  private static final int LONGEST = 1_000_000;

  private final Consumer<String> parts;
  private final StringBuilder text = new StringBuilder();
  private boolean finished;
  private @Nullable Throwable failure;

  /** Makes a stream that hands on what it reads. */
  AnswerStream(Consumer<String> parts) {
    this.parts = parts;
  }

  @Override
  public void onEvent(EventSource source, @Nullable String id, @Nullable String type, String data) {
    if (data.strip().equals("[DONE]")) {
      finished = true;
      return;
    }
    JsonNode chunk = JSON.readValue(data);
    if (chunk.hasNonNull("error")) {
      throw new BrokenException("the server broke off with an error" + ErrorCode.of(chunk));
    }
    JsonNode choice = chunk.path("choices").path(0);
    take(choice.path("delta").path("content").asString(""));
    finished |= choice.hasNonNull("finish_reason");
  }

  /** Takes the answer of a server that does not stream. */
  void takeWhole(String body) {
    try {
      take(JSON.readTree(body).at("/choices/0/message/content").asString(""));
      finished = true;
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void take(String part) {
    if (part.isEmpty()) {
      return;
    }
    if (text.length() + part.length() > LONGEST) {
      throw new BrokenException("the answer does not end");
    }
    text.append(part);
    parts.accept(part);
  }

  @Override
  public void onFailure(EventSource source, @Nullable Throwable e, @Nullable Response response) {
    failure = e;
  }

  /**
   * Returns the answer, whole.
   *
   * @throws ModelFailure if it is not
   */
  String text() throws ModelFailure {
    if (failure instanceof BrokenException) {
      throw broken(String.valueOf(failure.getMessage()));
    }
    if (failure instanceof JacksonException) {
      throw broken("a piece of the answer is not JSON");
    }
    if (failure instanceof IOException e) {
      throw broken("the connection broke off: " + e.getClass().getSimpleName());
    }
    if (failure instanceof RuntimeException e) {
      throw e; // of who takes the pieces
    }
    if (!finished) {
      throw broken("the answer broke off before its end");
    }
    if (text.toString().isBlank()) {
      throw ModelFailure.lasting(Reason.UNAVAILABLE, "the answer is empty");
    }
    return text.toString();
  }

  /** What was handed on already cannot be taken back, and so is not asked for again. */
  private ModelFailure broken(String fact) {
    return text.isEmpty()
        ? ModelFailure.passing(Reason.UNAVAILABLE, fact)
        : ModelFailure.lasting(Reason.BROKEN_OFF, fact);
  }

  private static final class BrokenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokenException(String fact) {
      super(fact);
    }
  }
}
