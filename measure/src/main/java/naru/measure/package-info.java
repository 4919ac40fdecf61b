/// Naru beside another server, in one run: starts both, plays loads on them in turns, and shows
/// what
/// came out. `naru bench`.
///
/// Must not know: anything that a broker at work depends on.
@NullMarked
package naru.measure;

import org.jspecify.annotations.NullMarked;
