/**
 * The chat bot: it brings its database to the newest schema, then serves from it.
 *
 * <p>{@link botdb.bot.BotApp} is the door. Below it: {@code command} is the command line, {@code
 * settings} what the environment says, {@code progress} how a migration is shown, {@code check}
 * what {@code verify} looks at, {@code database} the two connections of a running bot, {@code chat}
 * what happens to a message, {@code responder} who answers it and {@code model} the one of them
 * that asks a model, {@code http} and {@code telegram} how it is asked, {@code access} who may ask,
 * {@code page} what browsers see, {@code retry} when something is tried again, {@code metrics} what
 * is counted, {@code log} what is noted, and {@code output} how all of it is written.
 */
@NullMarked
package botdb.bot;

import org.jspecify.annotations.NullMarked;
