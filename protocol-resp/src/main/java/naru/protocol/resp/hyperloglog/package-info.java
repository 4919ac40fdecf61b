/// The commands of Redis' group `hyperloglog`: strings that hold sketches of sets, so that the
/// elements of these can be counted, nearly.
@NullMarked
package naru.protocol.resp.hyperloglog;

import org.jspecify.annotations.NullMarked;
