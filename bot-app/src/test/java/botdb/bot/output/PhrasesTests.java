package botdb.bot.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhrasesTests {
  private static final String BUNDLE = "botdb.bot.telegram.messages";

  @ParameterizedTest
  @CsvSource({"ru, бот", "ru-RU, бот", "RU, бот", "en, bot", "de, bot", "'', bot", "'??', bot"})
  void speak_russian_to_who_reads_it_and_english_to_everybody_else(String code, String expected) {
    assertThat(Phrases.ofLanguage(code, BUNDLE).get("bot")).isEqualTo(expected);
  }

  @Test
  void speak_english_where_nobody_knows() {
    assertThat(Phrases.ofLanguage(null, BUNDLE).get("bot")).isEqualTo("bot");
  }

  @ParameterizedTest
  @ValueSource(strings = {"responder", "telegram"})
  void say_the_same_things_with_the_same_gaps_in_both_languages(String side) throws IOException {
    Properties english = read("/botdb/bot/" + side + "/messages.properties");
    Properties russian = read("/botdb/bot/" + side + "/messages_ru.properties");
    Set<String> keys = new TreeSet<>(russian.stringPropertyNames());
    // English has two forms of the plural, Russian three.
    keys.removeIf(key -> key.endsWith(".few"));
    assertThat(keys).isEqualTo(new TreeSet<>(english.stringPropertyNames()));
    for (String key : keys) {
      assertThat(gaps(russian, key)).as(key).isEqualTo(gaps(english, key));
    }
  }

  private static Set<Integer> gaps(Properties phrases, String key) {
    return phrases
        .getProperty(key)
        .codePoints()
        .filter(c -> c >= '0' && c <= '9')
        .boxed()
        .collect(Collectors.toSet());
  }

  private static Properties read(String resource) throws IOException {
    Properties properties = new Properties();
    try (Reader reader =
        new InputStreamReader(
            PhrasesTests.class.getResourceAsStream(resource), StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    return properties;
  }
}
