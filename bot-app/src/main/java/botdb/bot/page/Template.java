package botdb.bot.page;

import botdb.bot.output.Phrases;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document with gaps: <code>{{title}}</code> is filled with the phrase of that name, <code>
 * {{=rows}}</code> with a value.
 */
final class Template {
  private static final Pattern GAP = Pattern.compile("\\{\\{(=?)([a-z-]+)}}");

  private final String document;

  private Template(String document) {
    this.document = document;
  }

  static Template named(String name) {
    return new Template(Resource.text(name));
  }

  Html fill(Phrases phrases, Map<String, Html> values) {
    Matcher gaps = GAP.matcher(document);
    return new Html(
        gaps.replaceAll(
            gap -> {
              Html filling =
                  gap.group(1).isEmpty()
                      ? Html.text(phrases.get(gap.group(2)))
                      : values.get(gap.group(2));
              return Matcher.quoteReplacement(filling.markup());
            }));
  }
}
