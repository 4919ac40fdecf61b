/// The doors to everything unpredictable: clock, randomness, disk, network. Interfaces only.
///
/// Must not know: what is stored, what is spoken, who is asking.
@NullMarked
package naru.world;

import org.jspecify.annotations.NullMarked;
