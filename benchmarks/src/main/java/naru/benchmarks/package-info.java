/// Benchmarks of structures, codecs and the way to clients.
///
/// Must not know: anything that a broker at work depends on; nothing here is shipped.
@NullMarked
package naru.benchmarks;

import org.jspecify.annotations.NullMarked;
