package botdb.bot.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageSplitterTests {
  private static final long SEED = 4096;
  private static final String FAMILY = "👩‍👩‍👧‍👦";
  private static final List<String> WORDS =
      List.of(
          "a",
          "word",
          "слово",
          "👍🏽",
          FAMILY,
          "🇷🇺",
          "é",
          "y\u0301o\u0308",
          "x".repeat(30),
          "```");
  private static final List<String> SPACES = List.of(" ", " ", " ", "  ", "\n", "\n\n", "\t");

  private static String randomText(Random random, int words, List<String> from) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(from.get(random.nextInt(from.size())));
      text.append(SPACES.get(random.nextInt(SPACES.size())));
    }
    return text.toString();
  }

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  void leaves_a_text_that_fits_alone() {
    String longest = "я".repeat(4096);
    assertThat(MessageSplitter.split(longest)).containsExactly(longest);
    assertThat(MessageSplitter.split(longest + "я"))
        .containsExactly(longest.substring(17), "я".repeat(18));
    assertThat(MessageSplitter.split(" one\ntwo \n")).containsExactly(" one\ntwo");
    assertThat(MessageSplitter.split(" \n ")).isEmpty();
  }

  @Test
  void loses_nothing_but_white_space_and_keeps_to_the_limit() {
    Random random = new Random(SEED);
    List<String> words = WORDS.stream().filter(word -> !word.equals("```")).toList();
    for (int round = 0; round < 500; round++) {
      String text = randomText(random, random.nextInt(400), words);
      int limit = 100 + random.nextInt(200);
      List<String> pieces = MessageSplitter.split(text, limit);
      assertThat(pieces).allMatch(piece -> piece.length() <= limit && !piece.isBlank());
      assertThat(withoutSpace(String.join("", pieces))).isEqualTo(withoutSpace(text));
      assertThat(MessageSplitter.split(text, limit)).isEqualTo(pieces);
    }
  }

  @Test
  void breaks_no_word_that_fits() {
    Random random = new Random(SEED);
    List<String> words = WORDS.stream().filter(word -> !word.equals("```")).toList();
    for (int round = 0; round < 200; round++) {
      String text = randomText(random, 300, words);
      List<String> expected = List.of(text.strip().split("\\s+"));
      List<String> found =
          MessageSplitter.split(text, 120).stream()
              .flatMap(piece -> List.of(piece.strip().split("\\s+")).stream())
              .toList();
      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void breaks_no_character_of_a_word_that_is_too_long() {
    List<String> characters = List.of("a", "я", "👍🏽", FAMILY, "🇷🇺", "y\u0301", "한");
    Random random = new Random(SEED);
    for (int round = 0; round < 200; round++) {
      List<String> word = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        word.add(characters.get(random.nextInt(characters.size())));
      }
      Iterator<String> rest = word.iterator();
      for (String piece : MessageSplitter.split(String.join("", word), 100)) {
        StringBuilder whole = new StringBuilder();
        while (whole.length() < piece.length()) {
          whole.append(rest.next());
        }
        assertThat(piece).isEqualTo(whole.toString());
      }
      assertThat(rest).isExhausted();
    }
  }

  @Test
  void breaks_no_surrogate_pair_even_in_a_character_without_end() {
    String endless = "👩" + "\u200d👩".repeat(200);
    List<String> pieces = MessageSplitter.split(endless, 100);
    assertThat(String.join("", pieces)).isEqualTo(endless);
    assertThat(pieces)
        .allMatch(piece -> piece.length() <= 100)
        .noneMatch(piece -> Character.isLowSurrogate(piece.charAt(0)));
  }

  @Test
  void prefers_paragraphs_to_lines_and_lines_to_words() {
    String words = "one two three four five six seven eight nine ten";
    assertThat(MessageSplitter.split(words + "\n\n" + words + "\n" + words, 100).get(0))
        .isEqualTo(words);
    assertThat(MessageSplitter.split(words + "\n" + words + " " + words, 100).get(0))
        .isEqualTo(words);
    assertThat(MessageSplitter.split("a\n\n" + words + " " + words + " " + words, 100).get(0))
        .isEqualTo("a\n\n" + words + " one two three four five six");
  }

  @ParameterizedTest
  @ValueSource(strings = {"```", "```java", "~~~~", "````python"})
  void closes_a_block_of_code_and_opens_it_again(String fence) {
    String marker = fence.replaceAll("[a-z]", "");
    String code =
        IntStream.range(0, 60)
            .mapToObj(i -> "  line(" + i + ");")
            .collect(Collectors.joining("\n"));
    String text = "Here it is:\n" + fence + "\n" + code + "\n" + marker + "\nThat is all.";
    List<String> pieces = MessageSplitter.split(text, 150);
    assertThat(pieces).hasSizeGreaterThan(4).allMatch(piece -> piece.length() <= 150);
    assertThat(pieces.get(0))
        .startsWith("Here it is:\n" + fence + "\n  line(0);")
        .endsWith("\n" + marker);
    assertThat(pieces.subList(1, pieces.size() - 1))
        .allMatch(
            piece -> piece.startsWith(fence + "\n  line(") && piece.endsWith(");\n" + marker));
    assertThat(pieces.get(pieces.size() - 1)).endsWith("That is all.");
    String lines =
        String.join("\n", pieces)
            .lines()
            .filter(line -> line.startsWith("  line"))
            .collect(Collectors.joining("\n"));
    assertThat(lines).isEqualTo(code);
  }

  @Test
  void leaves_every_piece_with_blocks_that_are_closed() {
    Random random = new Random(SEED);
    List<String> lines =
        List.of(
            "```",
            "```",
            "```js",
            "some words of text",
            "  code();",
            "",
            "x".repeat(90),
            FAMILY.repeat(9));
    for (int round = 0; round < 500; round++) {
      List<String> chosen = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        chosen.add(lines.get(random.nextInt(lines.size())));
      }
      String text = String.join("\n", chosen);
      List<String> pieces = MessageSplitter.split(text, 160);
      boolean isOpenAtEnd = CodeFence.after(null, text.stripTrailing()) != null;
      for (int i = 0; i < pieces.size(); i++) {
        boolean isOpen = CodeFence.after(null, pieces.get(i)) != null;
        assertThat(isOpen).as(pieces.get(i)).isEqualTo(isOpenAtEnd && i == pieces.size() - 1);
        assertThat(pieces.get(i).length()).isLessThanOrEqualTo(160);
      }
      assertThat(wordsOf(String.join("\n", pieces))).isEqualTo(wordsOf(text));
    }
  }

  private static String wordsOf(String text) {
    return withoutSpace(
        text.lines().filter(line -> !line.startsWith("```")).collect(Collectors.joining()));
  }
}
