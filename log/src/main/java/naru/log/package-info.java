/// A durable, checksummed sequence of records and snapshots.
///
/// Must not know: what the records mean.
@NullMarked
package naru.log;

import org.jspecify.annotations.NullMarked;
