/// The commands of Redis' group `bitmap`: strings as runs of bits, the first one being the most
/// significant bit of the first byte.
@NullMarked
package naru.protocol.resp.bitmap;

import org.jspecify.annotations.NullMarked;
