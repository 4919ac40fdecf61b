/// Disks that refuse, are full, or take their time, under the packed broker: what was acknowledged
/// is kept, what was refused is not there.
@NullMarked
package naru.compatibility.faults;

import org.jspecify.annotations.NullMarked;
