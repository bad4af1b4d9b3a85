/**
 * How fast the program is, beside others that do the same.
 *
 * <p>{@link botdb.it.benchmark.Benchmark} measures and nothing here is part of the tests: no test
 * depends on how long something takes. Every contender has its turn in every round, so that
 * whatever slows the machine slows all of them, and what counts is the ratio of the medians. Whole
 * programs run as processes of their own; what happens inside a running one is measured by JMH.
 */
@NullMarked
package botdb.it.benchmark;

import org.jspecify.annotations.NullMarked;
