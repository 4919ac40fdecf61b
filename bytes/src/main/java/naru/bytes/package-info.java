/// Immutable byte runs, their reader and writer, decimal numbers as bytes.
///
/// Must not know: anything else of Naru.
@NullMarked
package naru.bytes;

import org.jspecify.annotations.NullMarked;
