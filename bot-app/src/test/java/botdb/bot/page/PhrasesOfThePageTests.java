package botdb.bot.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PhrasesOfThePageTests {

  @Test
  void every_language_has_the_same_phrases() throws Exception {
    assertThat(keys("page_ru.properties")).isEqualTo(keys("page.properties"));
  }

  private static java.util.Set<Object> keys(String name) throws Exception {
    Properties phrases = new Properties();
    phrases.load(new StringReader(Resource.text(name)));
    assertThat(phrases.values()).doesNotContain("");
    return new java.util.TreeSet<>(phrases.keySet());
  }
}
