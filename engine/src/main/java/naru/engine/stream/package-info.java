/// Streams: entries in blocks, and the consumer groups that read them.
///
/// Must not know: how ids, options and replies are written in any protocol.
@NullMarked
package naru.engine.stream;

import org.jspecify.annotations.NullMarked;
