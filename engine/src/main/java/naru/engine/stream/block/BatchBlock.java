package naru.engine.stream.block;

/// A block that is a record batch exactly as its producer sent it, compressed or not, so that it
/// goes to consumers of the same protocol untouched.
///
/// Its cursor offers what every cursor does: each record's id, and its pairs: `key` and `value` if
/// the record has them, then its headers. It is sealed from the start, since a batch is never added
/// to.
public non-sealed interface BatchBlock extends Block {}
