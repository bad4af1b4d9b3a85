/**
 * JSON as it lies in a cell: bytes that are checked and spliced where they stand, never built anew,
 * so that whatever is not meant to change cannot.
 */
@NullMarked
package botdb.catalog.json;

import org.jspecify.annotations.NullMarked;
