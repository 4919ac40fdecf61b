/// Blocks: how a stream's entries stand in memory and in files, and how they are gone over.
///
/// Must not know: groups, ops, and when a block is moved.
@NullMarked
package naru.engine.stream.block;

import org.jspecify.annotations.NullMarked;
