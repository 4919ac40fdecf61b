/// Pure data structures, each with a naive twin in its test. No input, no output, no time.
///
/// Must not know: databases, commands, disks, networks.
@NullMarked
package naru.structures;

import org.jspecify.annotations.NullMarked;
