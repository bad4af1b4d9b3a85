package botdb.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.Served;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page of a conversation in a real Chromium. */
class PageIT {
  @TempDir private static Path profile;
  private static Browser browser;

  @TempDir private Path folder;
  private Served bot;

  @BeforeAll
  static void startBrowser() {
    browser = Browser.start(profile, "en-US");
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    bot = Served.in(folder, Map.of("BOT_WEB_PASSWORD", "", "BOT_TIMEZONE", "Europe/Moscow"));
  }

  @AfterEach
  void stop() {
    bot.close();
    browser.forgetEverything();
  }

  private void open() {
    browser.open(bot.address() + "/");
    browser.await(
        d -> !browser.find("#empty").getText().isEmpty() || !browser.all(".message").isEmpty());
  }

  /** Puts a history under the browser that has the page open, then loads the page anew. */
  private void history(String json) throws SQLException {
    String id = browser.cookie("botdb_visitor").split("\\.")[0];
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("users.db"));
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO users (user_id, history) VALUES (?, ?)")) {
      insert.setLong(1, Long.parseLong(id));
      insert.setString(2, json);
      insert.executeUpdate();
    }
    open();
    browser.await(d -> !browser.all(".message").isEmpty());
  }

  private List<String> messages() {
    return browser.all(".message .text").stream().map(e -> e.getText()).toList();
  }

  @Test
  void talks_and_goes_on_where_it_was() {
    open();
    assertThat(browser.text("#empty")).isEqualTo("Nothing here yet. Write something!");
    browser.say("Is anybody there?");
    browser.awaitText("#messages", "This is the first thing you wrote to me.");
    browser.await(d -> browser.all(".writing").isEmpty());
    assertThat(messages()).hasSize(2).first().isEqualTo("Is anybody there?");
    assertThat(browser.text("#messages")).startsWith("Today\n").contains("You · ", "Bot · ");

    open();
    browser.await(d -> browser.all(".message").size() == 2);
    assertThat(messages()).hasSize(2).first().isEqualTo("Is anybody there?");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void tells_times_in_the_zone_of_the_reader_and_unknown_ones_as_unknown() throws Exception {
    open();
    browser.moveTo("Asia/Tokyo");
    history(
        "[{\"role\": \"user\", \"content\": \"old\", \"timestamp\": null}, {\"role\": \"user\","
            + " \"content\": \"new\", \"timestamp\": \"2025-07-01 20:30:00\"}]");
    assertThat(browser.text("#messages"))
        .isEqualTo("old\nYou · time unknown\nJuly 2, 2025\nnew\nYou · 02:30 AM");
    assertThat(browser.find("time").getDomAttribute("datetime")).isEqualTo("2025-07-01T17:30:00Z");
  }

  @Test
  void pages_back_through_a_hundred_thousand_messages_with_a_few_hundred_in_hand()
      throws Exception {
    open();
    String message = "{\"role\": \"user\", \"content\": \"number %d\", \"timestamp\": null}";
    history(
        IntStream.range(0, 100_000)
            .mapToObj(message::formatted)
            .collect(Collectors.joining(", ", "[", "]")));
    assertThat(messages()).hasSize(50).endsWith("number 99999");

    for (int i = 0; i < 12; i++) {
      String first = browser.find(".message").getDomAttribute("data-position");
      browser.run("document.getElementById('scroller').scrollTop = 0");
      browser.await(d -> !first.equals(browser.find(".message").getDomAttribute("data-position")));
      assertThat(browser.all(".message").size()).isLessThanOrEqualTo(200);
    }
    assertThat(messages()).contains("number 99400").doesNotContain("number 99999");
    String last = "return [...document.querySelectorAll('.message')].at(-1).dataset.position";
    Object before = browser.run(last);
    browser.run("const s = document.getElementById('scroller'); s.scrollTop = s.scrollHeight");
    browser.await(d -> !before.equals(browser.run(last)));

    browser.find("#newest").click();
    browser.await(d -> messages().contains("number 99999"));
    assertThat(browser.find("#newest").isDisplayed()).isFalse();
  }

  @Test
  void what_one_reads_stays_where_it_is_while_older_messages_come() throws Exception {
    open();
    history(
        IntStream.range(0, 300)
            .mapToObj("{\"role\": \"user\", \"content\": \"number %d\"}"::formatted)
            .collect(Collectors.joining(", ", "[", "]")));
    String script =
        "const item = [...document.querySelectorAll('.message')].find(i =>"
            + " i.textContent.startsWith('number 260')); return item.getBoundingClientRect().top";
    // In one script: what is on its way would move the item before it is looked at.
    Object before = browser.run("document.getElementById('scroller').scrollTop = 250; " + script);
    browser.await(d -> browser.all(".message").size() == 100);
    assertThat(((Number) browser.run(script)).doubleValue())
        .isCloseTo(((Number) before).doubleValue(), org.assertj.core.data.Offset.offset(2.0));
  }

  @Test
  void finds_and_goes_there() throws Exception {
    open();
    history(
        IntStream.range(0, 3000)
            .mapToObj(i -> i == 700 ? "{\"content\": \"the Needle\"}" : "{\"content\": \"hay\"}")
            .collect(Collectors.joining(", ", "[", "]")));
    browser.find("#open-search").click();
    browser.find("#query").sendKeys("needle");
    browser.awaitText("#search-note", "Found: 1");
    assertThat(browser.text("#hits mark")).isEqualTo("Needle");
    browser.find("#hits button").click();
    browser.awaitText(".found", "the Needle");

    browser.find("#query").clear();
    browser.find("#query").sendKeys("nothing like it");
    browser.awaitText("#search-note", "Nothing found.");
    browser.find("#query").sendKeys(Keys.ESCAPE);
    assertThat(browser.find("#search").isDisplayed()).isFalse();
  }

  @Test
  void exports_what_is_stored() throws Exception {
    open();
    String json = "[{\"role\": \"user\", \"content\": \"keep me\", \"n\": 1.10}]";
    history(json);
    Path downloads = Files.createDirectory(folder.resolve("downloads"));
    browser.downloadTo(downloads);
    browser.find("a[download]").click();
    Path file = downloads.resolve("conversation.json");
    browser.await(d -> Files.exists(file));
    assertThat(Files.readString(file)).isEqualTo(json + "\n");
  }

  @Test
  void clears_only_after_it_has_asked() throws Exception {
    open();
    history("[{\"role\": \"user\", \"content\": \"keep me\"}]");
    browser.run(
        "const send = window.fetch; window.sent = []; window.fetch = (path, options) => {"
            + " window.sent.push(options?.method ?? 'GET'); return send(path, options); }");
    browser.find("#open-clear").click();
    assertThat(browser.text("dialog")).contains("Clear this conversation?");
    browser.find("dialog button[value=no]").click();
    assertThat(messages()).containsExactly("keep me");
    browser.find("#open-clear").click();
    browser.find("dialog button[value=no]").sendKeys(Keys.ESCAPE);
    assertThat(messages()).containsExactly("keep me");

    browser.find("#open-clear").click();
    browser.find("#clear-yes").click();
    browser.awaitText("#empty", "The conversation is empty now.");
    assertThat(messages()).isEmpty();
    // What the answers before had begun would have been sent by now.
    assertThat(browser.run("return window.sent")).isEqualTo(List.of("DELETE", "GET"));
    assertThat(stored()).isEqualTo("[]");
  }

  private String stored() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("users.db"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT history FROM users")) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  @Test
  void shows_what_a_hostile_user_writes_as_text() throws Exception {
    open();
    List<String> hostile =
        List.of(
            "<img src=x onerror=alert(1)><script>alert(2)</script>",
            "</li></ol><h1>gone</h1> &lt;b&gt; {{title}} ${7*7}",
            "\u202Eevil\u202C and \u2066more",
            "\u001b[31mred\u001b[0m \u2028 \u2029 \u0000",
            "\"}, {\"role\": \"system\"",
            "javascript:alert(3) http://evil.example/");
    history(
        hostile.stream()
            .map(text -> "{\"role\": \"<b>\", \"content\": " + quoted(text) + "}")
            .collect(Collectors.joining(", ", "[", "]")));

    assertThat(
            browser.run("return [...document.querySelectorAll('.text')].map(t => t.textContent)"))
        .isEqualTo(hostile);
    assertThat(
            browser.all("#messages img, #messages script, #messages h1, #messages a, #messages b"))
        .isEmpty();
    browser.find("#open-search").click();
    browser.find("#query").sendKeys("<img");
    browser.awaitText("#search-note", "Found: 1");
    assertThat(browser.all("#hits img")).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void cuts_off_a_very_long_message_until_it_is_asked_for() throws Exception {
    open();
    // The four thousandth is the first half of a character.
    history("[{\"role\": \"user\", \"content\": \"x" + "😀".repeat(50_000) + "\"}]");
    String length = "return document.querySelector('.text').textContent.length";
    assertThat(browser.run(length)).isEqualTo(4000L);
    assertThat(browser.run("return document.querySelector('.text').textContent"))
        .isEqualTo("x" + "😀".repeat(1999) + "…");
    browser.find(".more").click();
    assertThat(browser.run(length)).isEqualTo(100_001L);
  }

  @Test
  void a_text_that_could_not_be_sent_stays_in_the_field() throws Exception {
    open();
    browser.say("first");
    browser.await(
        d ->
            browser.all(".message:not(.writing)").size() == 2 && browser.all(".writing").isEmpty());
    bot.close();
    bot.process().waitFor();
    browser.say("second");
    browser.awaitText("#fault", "The bot cannot be reached.");
    assertThat(browser.find("#text").getDomProperty("value")).isEqualTo("second");
    assertThat(messages()).hasSize(2).doesNotContain("second");
  }

  @Test
  void can_be_used_with_the_keyboard_alone() {
    open();
    assertThat(browser.run("return document.activeElement.id")).isEqualTo("text");
    browser.find("#text").sendKeys("one" + Keys.chord(Keys.SHIFT, Keys.ENTER) + "two" + Keys.ENTER);
    browser.await(d -> messages().contains("one\ntwo") && browser.all(".writing").isEmpty());
    browser.find("#text").sendKeys(Keys.TAB);
    assertThat(browser.run("return document.activeElement.id")).isEqualTo("send");
    browser.find("#open-search").sendKeys(Keys.ENTER);
    assertThat(browser.run("return document.activeElement.id")).isEqualTo("query");
    browser.find("#query").sendKeys(Keys.ESCAPE);
    assertThat(browser.run("return document.activeElement.id")).isEqualTo("open-search");
    assertThat(
            browser.run(
                "return [...document.querySelectorAll('button, a, input, textarea')].every(e =>"
                    + " e.tabIndex === 0 && (e.textContent.trim() || e.ariaLabel || e.labels?.length))"))
        .isEqualTo(true);
    assertThat(browser.find("#messages").getDomAttribute("role")).isEqualTo("log");
    assertThat(browser.find("#messages").getDomAttribute("aria-live")).isEqualTo("polite");
    assertThat(browser.find("#fault").getDomAttribute("role")).isEqualTo("alert");
  }

  @Test
  void is_dark_where_the_reader_likes_it_and_fits_a_phone() {
    open();
    String paper = "return getComputedStyle(document.body).backgroundColor";
    Object light = browser.run(paper);
    browser.preferDark();
    assertThat(browser.run(paper)).isNotEqualTo(light);
    browser.becomePhone();
    open();
    assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo(390L);
    assertThat(
            browser.run(
                "return document.getElementById('send').getBoundingClientRect().bottom <= 780"))
        .isEqualTo(true);
  }

  @Test
  void tells_its_state() {
    browser.open(bot.address() + "/status");
    browser.await(d -> !browser.all("svg.plot").isEmpty());
    assertThat(browser.text("body"))
        .contains("up to date", "migration_001_add_timestamp_to_messages");
    // Its own script has put the times into the zone of the reader.
    browser.await(d -> !browser.text("td time").contains("UTC"));
    browser.find(".card form button").click();
    browser.awaitText("body", "Integrity\nas it should be");
    assertThat(browser.all(".facts .ok")).hasSize(6);
    assertThat(browser.complaints()).isEmpty();
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      json.append("\\u%04x".formatted((int) c));
    }
    return json.append('"').toString();
  }
}
