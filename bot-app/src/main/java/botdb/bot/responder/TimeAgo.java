package botdb.bot.responder;

import botdb.bot.output.Phrases;
import java.time.Duration;
import java.time.LocalDateTime;

/** How long ago something was, as one says it. */
final class TimeAgo {
  private static final int DAYS_THAT_ARE_COUNTED = 60;

  private final Phrases phrases;

  TimeAgo(Phrases phrases) {
    this.phrases = phrases;
  }

  String between(LocalDateTime then, LocalDateTime now) {
    Duration passed = Duration.between(then, now);
    if (passed.isNegative() || passed.toDays() > DAYS_THAT_ARE_COUNTED) {
      return phrases.get("on", then.toLocalDate().toString());
    }
    if (passed.toDays() > 0) {
      return phrases.get("ago", phrases.count("days", passed.toDays()));
    }
    if (passed.toHours() > 0) {
      return phrases.get("ago", phrases.count("hours", passed.toHours()));
    }
    if (passed.toMinutes() > 0) {
      return phrases.get("ago", phrases.count("minutes", passed.toMinutes()));
    }
    return phrases.get("just-now");
  }
}
