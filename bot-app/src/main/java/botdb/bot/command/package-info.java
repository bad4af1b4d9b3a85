/**
 * The command line: one class a command, and the rules that hold for all of them. Results go to
 * standard output and everything else to standard error; the exit status is 0 if it was done, 1 if
 * it failed, 2 if the command line was wrong, 3 where a command was asked to find something out and
 * it is not as it should be.
 *
 * <p>The commands that only look are started by health checks and scripts, over and over: on their
 * way no class is loaded that they can do without.
 */
@NullMarked
package botdb.bot.command;

import org.jspecify.annotations.NullMarked;
