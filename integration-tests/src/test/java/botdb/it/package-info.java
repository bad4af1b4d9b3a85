/**
 * The program as its users meet it: the real jar, real processes, real databases of the old bot.
 *
 * <p>Classes that end in {@code IT} start {@code bot-app.jar}; {@code ArchitectureTests} looks at
 * the classes alone.
 */
@NullMarked
package botdb.it;

import org.jspecify.annotations.NullMarked;
