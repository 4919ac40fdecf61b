/// One thread's worth of broker: connections, the shard that decides and applies, the gate that
/// holds replies back until what they depend on is safe, and what a protocol has to be.
///
/// Must not know: any protocol.
@NullMarked
package naru.reactor;

import org.jspecify.annotations.NullMarked;
