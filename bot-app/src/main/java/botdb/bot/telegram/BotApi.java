package botdb.bot.telegram;

import botdb.bot.output.VisibleText;
import botdb.bot.settings.TelegramSettings;
import botdb.bot.telegram.ApiFailure.Kind;
import com.google.gson.JsonParseException;
import com.pengrad.telegrambot.Callback;
import com.pengrad.telegrambot.TelegramBot;
import com.pengrad.telegrambot.model.Update;
import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.request.GetUpdates;
import com.pengrad.telegrambot.request.SendChatAction;
import com.pengrad.telegrambot.response.BaseResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * The server of the Bot API.
 *
 * <p>Whatever fails is an {@link ApiFailure}, and nothing of it shows the token.
 */
final class BotApi implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LONGEST_DESCRIPTION = 200;

  private final String token;
  private final OkHttpClient client;
  private final OkHttpClient pollingClient;
  private final TelegramBot bot;
  private final TelegramBot pollingBot;

  BotApi(TelegramSettings settings, Duration longestPoll) {
    token = settings.token();
    client =
        new OkHttpClient.Builder()
            .connectTimeout(Duration.ofSeconds(10))
            .readTimeout(PATIENCE)
            .writeTimeout(PATIENCE)
            .build();
    // A dispatcher of its own, so that a poll can be broken off and nothing else.
    pollingClient =
        client
            .newBuilder()
            .dispatcher(new Dispatcher())
            .readTimeout(longestPoll.plus(PATIENCE))
            .build();
    String url = settings.api() + "/bot";
    bot = new TelegramBot.Builder(token).okHttpClient(client).apiUrl(url).build();
    pollingBot = new TelegramBot.Builder(token).okHttpClient(pollingClient).apiUrl(url).build();
  }

  /**
   * Returns updates that wait, 100 at most, and confirms all before them.
   *
   * @param offset the first that is not confirmed
   * @param patience how long to wait for the first one
   */
  List<Update> updates(int offset, Duration patience) {
    GetUpdates request =
        new GetUpdates()
            .timeout((int) patience.toSeconds())
            .allowedUpdates("message", "callback_query");
    if (offset != 0) {
      request.offset(offset);
    }
    List<Update> updates = call(pollingBot, request).updates();
    return updates == null ? List.of() : updates;
  }

  /** Does what a request says and returns the answer, which says that it is done. */
  <T extends BaseRequest<T, R>, R extends BaseResponse> R call(BaseRequest<T, R> request) {
    return call(bot, request);
  }

  private <T extends BaseRequest<T, R>, R extends BaseResponse> R call(
      TelegramBot through, BaseRequest<T, R> request) {
    R response;
    try {
      response = through.execute(request);
    } catch (JsonParseException e) {
      throw new ApiFailure(Kind.UNREACHABLE, "the answer is not of the Bot API");
    } catch (RuntimeException e) {
      if (e.getCause() instanceof IOException cause) {
        throw new ApiFailure(Kind.UNREACHABLE, cause.getClass().getSimpleName());
      }
      throw e;
    }
    if (response == null) {
      throw new ApiFailure(Kind.UNREACHABLE, "the answer is empty");
    }
    if (!response.isOk()) {
      throw failure(response);
    }
    return response;
  }

  private ApiFailure failure(BaseResponse response) {
    String fact = response.errorCode() + " " + description(response);
    return switch (response.errorCode()) {
      case 401, 404 -> new ApiFailure(Kind.TOKEN_REFUSED, fact);
      case 409 -> new ApiFailure(Kind.CONFLICT, fact);
      case 429 -> {
        boolean says = response.parameters() != null && response.parameters().retryAfter() != null;
        int seconds = says ? response.parameters().retryAfter() : 1;
        yield new ApiFailure(Kind.TOO_MANY, fact, Duration.ofSeconds(Math.max(1, seconds)));
      }
      default ->
          new ApiFailure(
              response.errorCode() >= 400 && response.errorCode() < 500
                  ? Kind.REJECTED
                  : Kind.UNREACHABLE,
              fact);
    };
  }

  /** Written by the server for developers; still, who knows which server it is. */
  private String description(BaseResponse response) {
    String text = response.description() == null ? "" : response.description();
    String line = VisibleText.line(text.replace(token, "…"));
    return line.length() > LONGEST_DESCRIPTION ? line.substring(0, LONGEST_DESCRIPTION) : line;
  }

  /** Shows a user that the bot is about to answer; whether it succeeds does not matter. */
  void showTyping(long chatId) {
    bot.execute(new SendChatAction(chatId, "typing"), new Unheeded());
  }

  private static final class Unheeded implements Callback<SendChatAction, BaseResponse> {
    @Override
    public void onResponse(SendChatAction request, BaseResponse response) {}

    @Override
    public void onFailure(SendChatAction request, IOException e) {}
  }

  /** Breaks off the poll that is under way. */
  void cancelPoll() {
    pollingClient.dispatcher().cancelAll();
  }

  /** Breaks off everything and lets the connections go. */
  @Override
  public void close() {
    for (OkHttpClient each : List.of(pollingClient, client)) {
      each.dispatcher().cancelAll();
      each.dispatcher().executorService().shutdown();
      each.connectionPool().evictAll();
    }
  }
}
