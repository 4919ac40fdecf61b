/// The same random commands go to a real Redis and to Naru, and every reply must be the same, byte
/// for byte, in RESP2 and in RESP3. What may differ, and why, is written in `IntendedDifferences`
/// and nowhere else. A difference is shrunk to the fewest commands that still show it and kept as a
/// transcript, a text file of commands and both replies.
///
/// This package knows bytes on a socket only: no class of the broker, and of the two servers only
/// their ports.
@NullMarked
package naru.compatibility.differential;

import org.jspecify.annotations.NullMarked;
