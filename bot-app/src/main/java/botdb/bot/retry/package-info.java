/** How long to wait before something that failed is tried again. */
@NullMarked
package botdb.bot.retry;

import org.jspecify.annotations.NullMarked;
