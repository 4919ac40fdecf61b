/// Data from Redis and for it: files that are read into a directory of the broker's, and written
/// from one.
///
/// What the formats are is the business of `naru.rdb`; no broker runs on the directory meanwhile.
@NullMarked
package naru.broker.exchange;

import org.jspecify.annotations.NullMarked;
