/// Lines, words and numbers as memcached reads and writes them.
///
/// Must not know: commands, the engine.
@NullMarked
package naru.protocol.memcached.wire;

import org.jspecify.annotations.NullMarked;
