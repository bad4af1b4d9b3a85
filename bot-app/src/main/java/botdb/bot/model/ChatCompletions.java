package botdb.bot.model;

import botdb.bot.responder.ResponderException.Reason;
import botdb.bot.retry.StoppedException;
import botdb.bot.settings.ModelSettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.sse.EventSources;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The chat completions of a server, asked once. */
final class ChatCompletions implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final MediaType JSON_TYPE = MediaType.get("application/json");
  private static final long LONGEST_ERROR = 1 << 16;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final ModelSettings settings;
  private final OkHttpClient client;
  private volatile boolean closed;

  ChatCompletions(ModelSettings settings, Limits limits) {
    this.settings = settings;
    this.client =
        new OkHttpClient.Builder()
            .connectTimeout(limits.connect)
            .readTimeout(limits.silence)
            .callTimeout(limits.whole)
            .build();
  }

  /**
   * How long to wait.
   *
   * @param connect for the connection
   * @param silence for the next piece, also the first
   * @param whole for the whole answer
   */
  record Limits(Duration connect, Duration silence, Duration whole) {
    /** A small machine needs minutes for the first word. */
    static final Limits USUAL =
        new Limits(Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofMinutes(10));
  }

  /**
   * Returns the answer to a conversation, whole.
   *
   * @param parts is given the answer piece by piece as it comes
   * @throws ModelFailure if there is none
   */
  String answer(List<ModelMessage> messages, Consumer<String> parts) throws ModelFailure {
    AnswerStream answer = new AnswerStream(parts);
    try (Response response = client.newCall(request(messages)).execute()) {
      if (!response.isSuccessful()) {
        throw refused(response);
      }
      MediaType type = response.body().contentType();
      if (type != null && type.subtype().equals("json")) {
        answer.takeWhole(response.body().string());
      } else {
        EventSources.processResponse(response, answer);
      }
      throwIfStopped();
      return answer.text();
    } catch (IOException e) {
      throwIfStopped();
      throw e instanceof InterruptedIOException
          ? ModelFailure.lasting(Reason.UNAVAILABLE, "no answer in time")
          : ModelFailure.passing(
              Reason.UNAVAILABLE, "it cannot be reached: " + e.getClass().getSimpleName());
    }
  }

  private void throwIfStopped() {
    StoppedException.throwIfInterrupted();
    if (closed) {
      throw new StoppedException();
    }
  }

  private Request request(List<ModelMessage> messages) {
    ObjectNode body = JSON.createObjectNode();
    body.put("model", settings.model()).put("stream", true);
    ArrayNode array = body.putArray("messages");
    messages.forEach(message -> array.add(message.json()));
    Request.Builder request =
        new Request.Builder()
            .url(settings.server() + "/chat/completions")
            .header("Accept", "text/event-stream")
            .post(RequestBody.create(JSON.writeValueAsBytes(body), JSON_TYPE));
    if (!settings.key().isEmpty()) {
      request.header("Authorization", "Bearer " + settings.key());
    }
    return request.build();
  }

  private static ModelFailure refused(Response response) throws IOException {
    String code = ErrorCode.of(response.peekBody(LONGEST_ERROR).string());
    String fact = "status " + response.code() + code;
    return switch (response.code()) {
      case 401, 403 -> ModelFailure.lasting(Reason.REFUSED, fact + "; see to OPENAI_API_KEY");
      case 404 ->
          ModelFailure.lasting(Reason.REFUSED, fact + "; see to OPENAI_BASE_URL and OPENAI_MODEL");
      case 408 -> ModelFailure.passing(Reason.UNAVAILABLE, fact);
      case 429 ->
          code.contains("quota")
              ? ModelFailure.lasting(Reason.REFUSED, fact)
              : ModelFailure.passing(Reason.BUSY, fact, wait(response));
      default ->
          response.code() >= 500
              ? ModelFailure.passing(Reason.UNAVAILABLE, fact, wait(response))
              : ModelFailure.lasting(Reason.REFUSED, fact);
    };
  }

  /** What the server asks for, within reason: somebody waits. */
  private static @Nullable Duration wait(Response response) {
    try {
      long seconds = Long.parseLong(response.header("Retry-After", ""));
      return Duration.ofSeconds(Math.max(0, Math.min(seconds, LONGEST_WAIT.toSeconds())));
    } catch (NumberFormatException e) {
      return null; // a date, or nothing
    }
  }

  /** Breaks off what is under way. */
  @Override
  public void close() {
    closed = true;
    client.dispatcher().cancelAll();
  }
}
