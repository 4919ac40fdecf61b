/// What the connections of one broker share, and what is known of each client.
///
/// Must not know: commands.
@NullMarked
package naru.protocol.resp.server;

import org.jspecify.annotations.NullMarked;
