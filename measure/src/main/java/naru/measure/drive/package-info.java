/// A load driver: connections that each play a part, on one thread, and what was measured of them.
/// It counts messages and takes times; it knows no server's processes and prints nothing.
@NullMarked
package naru.measure.drive;

import org.jspecify.annotations.NullMarked;
