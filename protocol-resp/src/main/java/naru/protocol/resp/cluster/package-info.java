/// The broker as the one node of a cluster: slots of keys, and what clients of clusters ask.
///
/// Must not know: other nodes. There are none.
@NullMarked
package naru.protocol.resp.cluster;

import org.jspecify.annotations.NullMarked;
