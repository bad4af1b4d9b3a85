package botdb.bot.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.bot.TestDatabase;
import botdb.bot.TestSite;
import botdb.bot.TestSite.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MetricsTests {
  @TempDir Path folder;

  @Test
  void tell_messages_replies_times_and_the_version() throws Exception {
    boolean[] failing = {false};
    try (TestSite site =
        TestSite.open(
            folder,
            (conversation, parts) -> {
              if (failing[0]) {
                throw new IllegalStateException();
              }
              return "secret reply";
            })) {
      String cookies = site.get("/").cookies();
      site.say(cookies, "secret message");
      failing[0] = true;
      site.say(cookies, "secret message");

      Answer metrics = site.get("/metrics");

      assertThat(metrics.header("Content-Type")).startsWith("text/plain; version=0.0.4");
      assertThat(metrics.body().lines())
          .contains(
              "botdb_messages_total 2.0",
              "botdb_replies_total{outcome=\"given\"} 1.0",
              "botdb_replies_total{outcome=\"failed\"} 1.0",
              "botdb_model_seconds_count 2",
              "botdb_database_seconds_count{work=\"write\"} 3",
              "botdb_schema_version 1.0");
      assertThat(metrics.body()).doesNotContain("secret");
      TestDatabase.run(site.file, "DELETE FROM migrations");
      assertThat(site.get("/metrics").body()).contains("botdb_schema_version 0.0");
    }
  }
}
