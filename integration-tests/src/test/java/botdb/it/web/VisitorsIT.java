package botdb.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.Served;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two browsers, two languages, and the password between them and the page. */
class VisitorsIT {
  @TempDir private Path folder;
  @TempDir private Path english;
  @TempDir private Path russian;

  @Test
  void each_browser_has_its_own_conversation_in_its_own_language() throws Exception {
    try (Browser one = Browser.start(english, "en-US");
        Browser other = Browser.start(russian, "ru-RU,ru");
        Served bot = Served.in(folder, Map.of("BOT_WEB_PASSWORD", ""))) {
      one.open(bot.address() + "/");
      one.say("Only I can read this.");
      one.awaitText("#messages", "This is the first thing you wrote to me.");

      other.open(bot.address() + "/");
      other.awaitText("#empty", "Здесь пока ничего нет.");
      assertThat(other.text("body")).contains("Поиск", "Отправить").doesNotContain("Only I");
      other.say("Привет!");
      other.awaitText("#messages", "Сегодня");
      other.awaitText("#messages", "Бот · ");
      other.open(bot.address() + "/status");
      other.awaitText("body", "Версия схемы");
      assertThat(other.complaints()).isEmpty();
    }
  }

  @Test
  void the_password_is_asked_for_once_and_kept_until_one_logs_out() throws Exception {
    try (Browser browser = Browser.start(english, "en-US");
        Served bot = Served.in(folder, Map.of("BOT_WEB_PASSWORD", "sesame & café"))) {
      browser.open(bot.address() + "/status");
      browser.awaitText("body", "This bot asks for a password.");
      browser.find("#password").sendKeys("sesame\n");
      browser.awaitText(".fault", "That is not the password.");
      browser.find("#password").sendKeys("sesame & café\n");
      browser.await(d -> !browser.all("#text").isEmpty());
      browser.say("Hello!");
      browser.awaitText("#messages", "This is the first thing");

      browser.find("form[action='/logout'] button").click();
      browser.awaitText("body", "This bot asks for a password.");
      browser.open(bot.address() + "/");
      browser.awaitText("body", "This bot asks for a password.");
    }
  }
}
