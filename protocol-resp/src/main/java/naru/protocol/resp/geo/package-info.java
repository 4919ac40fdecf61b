/// The commands of Redis' group `geo`: sorted sets whose scores are places on the earth, in 52 bits
/// that near places have in common from the top.
@NullMarked
package naru.protocol.resp.geo;

import org.jspecify.annotations.NullMarked;
