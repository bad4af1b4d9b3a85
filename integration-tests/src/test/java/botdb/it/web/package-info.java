/**
 * The page in a real browser, and the bot as people run it: alone, behind a password, contained.
 */
@NullMarked
package botdb.it.web;

import org.jspecify.annotations.NullMarked;
