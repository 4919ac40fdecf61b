/// RDB, the format in which Redis keeps and exchanges values: read into the engine's ops, written
/// from its values.
///
/// It must not know files, sockets, clocks, or who asks: bytes come from a [ByteSource] and go to a
/// [ByteSink]. Whatever the bytes are, reading them ends with ops or with one [MalformedRdb].
@NullMarked
package naru.rdb;

import org.jspecify.annotations.NullMarked;
