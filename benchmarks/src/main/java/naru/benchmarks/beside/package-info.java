/// Naru and a peer, redis-server or memcached, side by side in one run: driven by redis-benchmark,
/// or
/// by our own driver where that cannot play the load.
@NullMarked
package naru.benchmarks.beside;

import org.jspecify.annotations.NullMarked;
