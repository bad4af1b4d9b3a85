/**
 * Messages as versions of the schema know them, and how lists of them become text.
 *
 * <p>The newest form is {@link botdb.catalog.Message}. A migration that changes the form of a
 * message moves the present one here first, under the name of the last version that has it, so that
 * older migrations keep compiling and keep their meaning.
 */
@NullMarked
package botdb.catalog.message;

import org.jspecify.annotations.NullMarked;
