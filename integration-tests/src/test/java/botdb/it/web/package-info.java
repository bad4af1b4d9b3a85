/** The page in a real browser, and what the bot lets in. */
package botdb.it.web;
