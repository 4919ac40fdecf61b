/// How often commands ran and how long they took, counted.
///
/// Must not know: commands, clients.
@NullMarked
package naru.protocol.resp.statistics;

import org.jspecify.annotations.NullMarked;
