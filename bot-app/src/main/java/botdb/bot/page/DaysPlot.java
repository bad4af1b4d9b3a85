package botdb.bot.page;

import java.util.Locale;

/** Messages per day as a picture: a bar each. */
final class DaysPlot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 160;
  private static final int BASE = HEIGHT - 24;
  private static final int TOP = 22;

  private DaysPlot() {}

  /**
   * Draws the picture.
   *
   * @param label what those are told who do not see it
   */
  static Html svg(MessagesPerDay days, String label) {
    Html bars = Html.NOTHING;
    double step = (double) WIDTH / days.counts().size();
    for (int i = 0; i < days.counts().size(); i++) {
      bars = bars.plus(bar(days, i, step));
    }
    return Html.of(
        """
        <svg class="plot" viewBox="0 0 %s %s" role="img" aria-label="%s">
        <line x1="0" y1="%s" x2="%s" y2="%s"/>
        %s<text x="0" y="15">%s</text>
        <text x="0" y="%s">%s</text>
        <text x="%s" y="%s" text-anchor="end">%s</text>
        </svg>
        """,
        WIDTH,
        HEIGHT,
        label,
        BASE,
        WIDTH,
        BASE,
        bars,
        days.most(),
        HEIGHT - 4,
        days.first(),
        WIDTH,
        HEIGHT - 4,
        days.last());
  }

  private static Html bar(MessagesPerDay days, int day, double step) {
    long count = days.counts().get(day);
    if (count == 0) {
      return Html.NOTHING;
    }
    double height = Math.max(2, (double) count / days.most() * (BASE - TOP));
    return Html.of(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"1.5\"><title>%s: %s</title></rect>\n",
        number(day * step + step * 0.1),
        number(BASE - height),
        number(step * 0.8),
        number(height),
        days.first().plusDays(day),
        count);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
