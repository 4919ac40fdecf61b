/// The Redis protocol (RESP2 and RESP3): wire, session, verb groups, wording of failures.
///
/// Must not know: any other protocol, sockets, files, and the clock.
@NullMarked
package naru.protocol.resp;

import org.jspecify.annotations.NullMarked;
