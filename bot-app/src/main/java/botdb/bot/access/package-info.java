/**
 * Who may ask what over HTTP: the password of the visitors, the token of the owner's programs, the
 * cookie by which a browser is known again, and how often each may ask.
 *
 * <p>Nothing of it is kept in the database or in memory: a cookie carries what it says, signed with
 * a key that lies beside the database, and so outlives a restart.
 */
@NullMarked
package botdb.bot.access;

import org.jspecify.annotations.NullMarked;
