/// RESP2 and RESP3 as bytes: requests read, replies written.
///
/// Must not know: what any command means.
@NullMarked
package naru.protocol.resp.wire;

import org.jspecify.annotations.NullMarked;
