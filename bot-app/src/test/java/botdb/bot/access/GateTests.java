package botdb.bot.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.bot.TestDatabase;
import botdb.bot.TestSite;
import botdb.bot.TestSite.Answer;
import botdb.bot.output.BotException;
import botdb.bot.responder.Responder;
import botdb.bot.settings.WebSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GateTests {
  private static final Responder ECHO = (conversation, parts) -> "echo";
  private static final String MESSAGES = "/api/conversation/messages";
  private static final String OWN = "/api/users/42/messages";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

  @TempDir Path folder;

  private TestSite open() {
    return TestSite.open(folder, ECHO);
  }

  private TestSite with(String origin, String password, String token) {
    return TestSite.with(folder, new WebSettings("127.0.0.1", 0, origin, password, token), ECHO);
  }

  private static String basic(String password) {
    String pair = "anyone:" + password;
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_browser_gets_a_cookie_that_scripts_and_other_sites_cannot_use() throws IOException {
    try (TestSite site = open()) {
      assertThat(site.get("/").header("Set-Cookie"))
          .matches("botdb_visitor=\\d{19}\\.[\\w-]{43}; .*")
          .contains("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=34560000")
          .doesNotContain("Secure");
    }
  }

  @Test
  void behind_https_the_cookie_goes_nowhere_else() throws IOException {
    try (TestSite site = with("https://bot.example.org", "", "")) {
      assertThat(site.get("/", "Host: bot.example.org").header("Set-Cookie"))
          .startsWith("__Host-botdb_visitor=")
          .contains("Secure");
    }
  }

  @Test
  void one_browser_sees_its_own_conversation_and_no_other() throws IOException {
    try (TestSite site = open()) {
      String one = site.get("/").cookies();
      String other = site.get("/").cookies();
      assertThat(site.say(one, "mine").status()).isEqualTo(200);

      assertThat(site.get(MESSAGES, "Cookie: " + one).body()).contains("\"mine\"");
      assertThat(site.get(MESSAGES, "Cookie: " + other).body())
          .isEqualTo("{\"messages\": [], \"first\": 0, \"total\": 0}");
    }
  }

  @Test
  void a_visitor_has_an_id_that_telegram_does_not_give() throws IOException {
    try (TestSite site = open()) {
      site.say(site.get("/").cookies(), "x");

      assertThat(TestDatabase.query(site.file, "SELECT max(user_id) FROM users"))
          .allSatisfy(id -> assertThat(Long.parseLong(id)).isGreaterThanOrEqualTo(1L << 62));
    }
  }

  @Test
  void a_restart_knows_the_browser_again() throws IOException {
    String cookies;
    try (TestSite site = open()) {
      cookies = site.get("/").cookies();
      site.say(cookies, "before");
    }
    try (TestSite site = open()) {
      assertThat(site.get("/", "Cookie: " + cookies).cookies()).isEqualTo(cookies);
      assertThat(site.get(MESSAGES, "Cookie: " + cookies).body()).contains("\"before\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "botdb_visitor=42.",
        "botdb_visitor=42.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "botdb_visitor=42",
        "botdb_visitor=.",
        "botdb_visitor=",
        "other=1"
      })
  void a_cookie_that_the_bot_did_not_sign_is_nobody_s(String cookie) throws IOException {
    try (TestSite site = open()) {
      assertThat(site.get(MESSAGES, "Cookie: " + cookie).status()).isEqualTo(401);
    }
  }

  @Test
  void the_signature_of_one_visitor_is_none_for_another() throws IOException {
    try (TestSite site = open()) {
      String signature = site.get("/").cookies().replaceFirst(".*\\.", "");

      assertThat(site.get(MESSAGES, "Cookie: botdb_visitor=42." + signature).status())
          .isEqualTo(401);
    }
  }

  @Test
  void the_key_is_its_owner_s_only() throws IOException {
    open().close();

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("users.db.key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void a_key_that_is_none_is_named() throws IOException {
    TestDatabase.migrated(folder);
    Files.writeString(folder.resolve("users.db.key"), "short");

    assertThatThrownBy(() -> Key.beside(folder.resolve("users.db")))
        .isInstanceOf(BotException.class)
        .hasMessageContaining("users.db.key is not the key of the cookies\n  to do     delete it");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8080, 200",
    "localhost, 200",
    "LOCALHOST:9, 200",
    "[::1]:8080, 200",
    "192.168.1.7, 200",
    "bot.example.org, 200",
    "evil.example, 421",
    "bot.example.org.evil.example, 421",
    "127.0.0.1.evil.example, 421",
    "1.2.3.4.5, 421",
    "localhost.evil.example, 421"
  })
  void a_name_that_others_can_point_at_this_machine_is_refused(String host, int status)
      throws IOException {
    try (TestSite site = with("https://bot.example.org", "", "")) {
      assertThat(site.get("/health", "Host: " + host).status()).isEqualTo(status);
      assertThat(site.get("/", "Host: " + host).status()).isEqualTo(status);
      assertThat(site.get(OWN, "Host: " + host).status()).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Origin: https://evil.example",
    "Origin: null",
    "Origin: http://127.0.0.1:1",
    "Sec-Fetch-Site: cross-site",
    "Sec-Fetch-Site: same-site"
  })
  void a_page_of_another_site_cannot_write(String header) throws IOException {
    try (TestSite site = open()) {
      String cookie = "Cookie: " + site.get("/").cookies();
      String json = "Content-Type: application/json";
      for (String path : new String[] {MESSAGES, OWN}) {
        Answer answer = site.send("POST", path, "{\"content\": \"x\"}", json, cookie, header);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("foreign_origin");
        assertThat(site.send("DELETE", path, "", cookie, header).status()).isEqualTo(403);
      }
      assertThat(site.send("POST", "/status/verify", "", cookie, header).status()).isEqualTo(403);
      assertThat(site.send("POST", "/login", "password=x", FORM, header).status()).isEqualTo(403);
      assertThat(TestDatabase.query(site.file, "SELECT count(*) FROM users")).containsExactly("1");
    }
  }

  @Test
  void its_own_pages_can_write_under_each_of_its_names() throws IOException {
    try (TestSite site = with("https://bot.example.org", "", "")) {
      String cookie = "Cookie: " + site.get("/", "Host: bot.example.org").cookies();
      String[] hosts = {"bot.example.org", "127.0.0.1:" + site.port()};
      String[] origins = {"https://bot.example.org", "http://127.0.0.1:" + site.port()};
      for (int i = 0; i < hosts.length; i++) {
        Answer answer =
            site.send("DELETE", MESSAGES, "", cookie, "Host: " + hosts[i], "Origin: " + origins[i]);
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
      }
    }
  }

  @Test
  void programs_of_this_machine_reach_every_user_while_nothing_is_set_and_browsers_none()
      throws IOException {
    try (TestSite site = open()) {
      assertThat(site.get(OWN).status()).isEqualTo(200);
      assertThat(site.get(OWN, "Sec-Fetch-Site: none").status()).isEqualTo(403);
      assertThat(site.get(OWN, "Origin: http://127.0.0.1:" + site.port()).status()).isEqualTo(403);
    }
  }

  @Test
  void the_password_of_the_visitors_does_not_open_every_conversation() throws IOException {
    try (TestSite site = with("", "sesame", "")) {
      assertThat(site.get(OWN, basic("sesame")).status()).isEqualTo(403);
      assertThat(site.get("/metrics", basic("sesame")).status()).isEqualTo(200);
    }
  }

  @Test
  void the_token_of_the_owner_opens_every_conversation_and_nothing_less_does() throws IOException {
    try (TestSite site = with("", "sesame", "token")) {
      assertThat(site.get(OWN, "Authorization: Bearer token").status()).isEqualTo(200);
      assertThat(site.get(OWN, "authorization: bearer token").status()).isEqualTo(200);
      for (String wrong :
          new String[] {"Bearer toke", "Bearer tokens", "Bearer ", "Basic !", "x"}) {
        assertThat(site.get(OWN, "Authorization: " + wrong).status()).isEqualTo(401);
      }
      assertThat(site.get(OWN).status()).isEqualTo(401);
      assertThat(site.get("/metrics", "Authorization: Bearer token").status()).isEqualTo(401);
    }
  }

  @Test
  void a_browser_is_asked_for_the_password_and_let_in_with_it() throws IOException {
    try (TestSite site = with("", "пароль&+ %", "")) {
      Answer asked = site.get("/", "Accept: text/html");
      assertThat(asked.status()).isEqualTo(303);
      assertThat(asked.header("Location")).endsWith("/login");
      assertThat(site.get("/").status()).isEqualTo(401);
      assertThat(site.get("/status").status()).isEqualTo(401);
      assertThat(site.get(MESSAGES).status()).isEqualTo(401);
      assertThat(site.get("/health").status()).isEqualTo(200);
      assertThat(site.get("/login").body()).contains("type=\"password\"");

      Answer wrong = site.send("POST", "/login", "password=x", FORM);
      assertThat(wrong.status()).isEqualTo(403);
      assertThat(wrong.cookies()).isEmpty();

      String right = java.net.URLEncoder.encode("пароль&+ %", StandardCharsets.UTF_8);
      Answer let = site.send("POST", "/login", "password=" + right, FORM);
      assertThat(let.status()).isEqualTo(303);
      assertThat(let.header("Set-Cookie")).contains("botdb_login=", "HttpOnly", "SameSite=Lax");
      assertThat(site.get("/", "Cookie: " + let.cookies()).status()).isEqualTo(200);

      Answer out = site.send("POST", "/logout", "", "Cookie: " + let.cookies());
      assertThat(out.header("Set-Cookie")).contains("botdb_login=;", "Expires=Thu, 01 Jan 1970");
    }
  }

  @Test
  void another_password_lets_nobody_in_who_knew_the_old_one() throws IOException {
    String cookies;
    try (TestSite site = with("", "old", "")) {
      cookies = site.send("POST", "/login", "password=old", FORM).cookies();
      assertThat(site.get("/metrics", "Cookie: " + cookies).status()).isEqualTo(200);
    }
    try (TestSite site = with("", "new", "")) {
      assertThat(site.get("/metrics", "Cookie: " + cookies).status()).isEqualTo(401);
    }
  }

  @Test
  void guessing_is_stopped_and_may_go_on_later() throws IOException {
    try (TestSite site = with("", "sesame", "")) {
      for (int i = 0; i < 10; i++) {
        assertThat(site.send("POST", "/login", "password=guess", FORM).status()).isEqualTo(403);
      }
      Answer stopped = site.send("POST", "/login", "password=sesame", FORM);
      assertThat(stopped.status()).isEqualTo(429);
      assertThat(stopped.header("Retry-After")).isEqualTo("6");
      assertThat(site.get("/metrics", basic("sesame")).status()).isEqualTo(429);

      site.nanos.addAndGet(Duration.ofSeconds(6).toNanos());
      assertThat(site.send("POST", "/login", "password=sesame", FORM).status()).isEqualTo(303);
    }
  }

  @Test
  void a_visitor_who_writes_too_often_waits_and_others_do_not() throws IOException {
    try (TestSite site = open()) {
      String one = site.get("/").cookies();
      for (int i = 0; i < 20; i++) {
        assertThat(site.say(one, "x").status()).isEqualTo(200);
      }
      Answer stopped = site.say(one, "x");
      assertThat(stopped.status()).isEqualTo(429);
      assertThat(stopped.header("Retry-After")).isEqualTo("3");
      assertThat(stopped.body()).contains("too_many_requests");
      assertThat(site.say(site.get("/").cookies(), "x").status()).isEqualTo(200);

      site.nanos.addAndGet(Duration.ofSeconds(3).toNanos());
      assertThat(site.say(one, "x").status()).isEqualTo(200);
    }
  }

  @Test
  void dropping_the_cookie_does_not_help_for_ever() throws IOException {
    try (TestSite site = open()) {
      int stored = 0;
      Answer answer = site.say(site.get("/").cookies(), "x");
      while (answer.status() == 200 && stored < 400) {
        stored++;
        answer = site.say(site.get("/").cookies(), "x");
      }
      assertThat(answer.status()).isEqualTo(429);
      assertThat(stored).isEqualTo(300);
    }
  }

  @Test
  void every_answer_tells_the_browser_what_a_page_may_do() throws IOException {
    try (TestSite site = open()) {
      for (String path : new String[] {"/", "/login", "/status", "/health", "/assets/chat.js"}) {
        Answer answer = site.get(path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Security-Policy"))
            .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
            .doesNotContain("unsafe");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(answer.body())
            .doesNotContain("<script>", " style=", "onclick", "http://", "https://".repeat(2));
      }
    }
  }

  @Test
  void the_settings_do_not_show_what_opens_doors() {
    assertThat(new WebSettings("::", 80, "", "sesame", "token").toString())
        .doesNotContain("sesame", "token");
  }
}
