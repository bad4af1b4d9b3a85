/**
 * The bot as its users meet it, against stand-ins for the Bot API and for a model: servers on
 * loopback that speak what the public documentation says, and fail as the real ones do.
 */
@NullMarked
package botdb.it.chat;

import org.jspecify.annotations.NullMarked;
