/// The same doors, opened on a world that is made up: one thread, no waiting, everything by seed.
///
/// Must not know: what is stored, what is spoken, who is asking.
@NullMarked
package naru.world.simulated;

import org.jspecify.annotations.NullMarked;
