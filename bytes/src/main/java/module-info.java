/// Immutable byte runs, readers, writers, varints and checksums.
module naru.bytes {
  requires static transitive org.jspecify;

  exports naru.bytes;
}
