package botdb.bot.telegram;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A command as it is written: {@code /search@some_bot the words}.
 *
 * @param name without the slash, in small letters
 * @param bot whom it is addressed to; null if to whoever hears it
 * @param rest what follows
 */
record Command(String name, @Nullable String bot, String rest) {
  private static final Pattern FORM =
      Pattern.compile("/([A-Za-z0-9_]{1,32})(?:@(\\w{1,64}))?(?:\\s+(.*))?", Pattern.DOTALL);

  /** Reads a command; null if a text is none. */
  static @Nullable Command of(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      return null;
    }
    String rest = matcher.group(3) == null ? "" : matcher.group(3);
    return new Command(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2), rest);
  }

  /** Returns whether a bot of this name should do something about it. */
  boolean isFor(String username) {
    return bot == null || bot.equalsIgnoreCase(username);
  }
}
