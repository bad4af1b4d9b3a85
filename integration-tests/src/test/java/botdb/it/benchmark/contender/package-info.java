/**
 * What others would do: programs of a few lines that do the same work with less, or with another
 * library. Each is started as a process of its own, with no more on its class path than it needs.
 */
@NullMarked
package botdb.it.benchmark.contender;

import org.jspecify.annotations.NullMarked;
