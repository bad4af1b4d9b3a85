package botdb.bot.chat;

import botdb.catalog.Message;
import org.jspecify.annotations.Nullable;

/**
 * A message that is stored.
 *
 * @param userId whose it is
 * @param message as it is stored
 * @param position where it stands in the history
 * @param reply the reply that is stored already, where the message came a second time; else null
 */
public record Received(long userId, Message message, int position, @Nullable Message reply) {}
