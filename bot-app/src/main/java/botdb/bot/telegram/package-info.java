/**
 * The bot on Telegram: what its users write comes in by long polling of the <a
 * href="https://core.telegram.org/bots/api">Bot API</a>, is answered by {@link
 * botdb.bot.chat.Chat}, and goes back.
 *
 * <p>{@link botdb.bot.telegram.Telegram} is the door. {@code Poller} asks for updates and confirms
 * them, {@code Window} knows which of them are dealt with, {@code Lanes} keeps those of one user in
 * their order, {@code Handler} deals with one, {@code Sender} sends what comes of it. {@code
 * BotApi} is the only one that talks over the network.
 *
 * <p>An update is confirmed when its message is stored, the reply is stored, and the reply is sent;
 * until then Telegram keeps it and brings it again. What is stored notes its update, so that it is
 * not stored a second time, and what was sent for it, so that it is not sent a second time: only
 * what was sent and not yet noted when the process was killed is. One message at a time is between
 * the two.
 */
@NullMarked
package botdb.bot.telegram;

import org.jspecify.annotations.NullMarked;
