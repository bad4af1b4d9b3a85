package botdb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/** What no message, log or report may hold: what people wrote, and what opens doors. */
public final class Secrets {
  /** Of every role in the databases of the tests. */
  public static final String DATABASE_PASSWORD = "marked-database-password";

  /** Settings that every process of the tests is started with. */
  static final Map<String, String> SETTINGS =
      Map.of(
          "TELEGRAM_BOT_TOKEN", "4711:marked-token",
          "OPENAI_API_KEY", "sk-marked-key",
          "BOT_WEB_PASSWORD", "marked-password",
          "BOT_API_TOKEN", "marked-api-token");

  /** Words of messages in the fixtures, those of faulty histories included. */
  private static final List<String> WRITTEN =
      List.of(
          "Привет",
          "Здравствуйте",
          "кавычки",
          "погода",
          "на фото",
          "числа",
          "два ключа",
          "старое",
          "новое",
          "внутри",
          "коротко",
          "сообщение",
          "обрыв",
          "не массив",
          "строка",
          "не json",
          "message 1 of user");

  private Secrets() {}

  static void assertNoneIn(String output) {
    assertThat(output)
        .doesNotContain(WRITTEN)
        .doesNotContain(SETTINGS.values())
        .doesNotContain(DATABASE_PASSWORD);
  }
}
