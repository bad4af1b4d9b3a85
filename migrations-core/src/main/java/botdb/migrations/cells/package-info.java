/**
 * What is in the cells of a database: columns whose values are long texts, rewritten cell by cell,
 * and such whose texts are arrays that grow at their end.
 *
 * <p>Engines differ most here. One calls back from inside its own statement, another streams rows
 * out and back; one appends inside the cell, another beside it. What the texts say, JSON or not, is
 * known to the callers alone.
 */
@NullMarked
package botdb.migrations.cells;

import org.jspecify.annotations.NullMarked;
