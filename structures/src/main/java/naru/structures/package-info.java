/// Pure data structures, each with a naive twin in its test.
///
/// Must not know: what is kept in them, time, chance, threads, and the world outside.
@NullMarked
package naru.structures;

import org.jspecify.annotations.NullMarked;
