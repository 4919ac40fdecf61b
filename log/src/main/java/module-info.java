/// A durable, checksummed sequence of records and snapshots.
module naru.log {
  requires static transitive org.jspecify;
  requires transitive naru.bytes;
  requires transitive naru.world;
  requires org.slf4j;

  exports naru.log;
}
