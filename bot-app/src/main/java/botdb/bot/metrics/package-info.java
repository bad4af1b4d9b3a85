/** What the bot counts and measures, for a Prometheus that fetches it. */
@NullMarked
package botdb.bot.metrics;

import org.jspecify.annotations.NullMarked;
