/// A seeded world in one thread: clock, chance, disk and network that do what a seed says.
///
/// Must not know: any real clock, file, socket or thread.
@NullMarked
package naru.simulator;

import org.jspecify.annotations.NullMarked;
