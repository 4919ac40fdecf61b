/// One thread's worth of broker: connections, router, shards, gate, and what a protocol plugs into.
///
/// Must not know: any one protocol.
@NullMarked
package naru.reactor;

import org.jspecify.annotations.NullMarked;
