/// Counting different elements in 12 KB at most, with the bytes that Redis has for it: `HYLL`, a
/// cached count, and 16384 registers, dense or run by run.
///
/// It knows of bytes alone; where they are kept, and what a wrong one is called, is not its affair.
@NullMarked
package naru.structures.hyperloglog;

import org.jspecify.annotations.NullMarked;
